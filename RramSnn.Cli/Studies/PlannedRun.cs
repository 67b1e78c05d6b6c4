using RramSnn.Cli.Settings;

namespace RramSnn.Cli.Studies;

/// <summary>A run that a study or sweep needs.</summary>
/// <param name="Key">Name of its file, without the ending.</param>
/// <param name="Settings">All that decides its result.</param>
/// <param name="IsExtra">Whether nobody could know beforehand that it is needed.</param>
internal sealed record PlannedRun(string Key, TrainSettings Settings, bool IsExtra = false);
