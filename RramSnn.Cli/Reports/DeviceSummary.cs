using RramSnn.Model.Devices;

namespace RramSnn.Cli.Reports;

/// <summary>A device in one row: an entry of <c>device list --json</c>. The keys are stable.</summary>
internal sealed record DeviceSummary(
    string Name,
    string Description,
    string Model,
    double GMinSiemens,
    double GMaxSiemens,
    double PulsesPerRange,
    double OnOffRatio,
    double States,
    double? PotentiationNonlinearity,
    double? DepressionNonlinearity,
    double? AsymmetricNonlinearity,
    double? PotentiationLabel,
    double? DepressionLabel,
    double? SymmetryPoint,
    double MidRangeAsymmetry,
    double CycleNoise)
{
    internal static DeviceSummary Of(Device device)
    {
        FiguresOfMerit figures = FiguresOfMerit.Of(device);
        return new DeviceSummary(
            device.Name,
            device.Description,
            device.Law.Model.Name,
            device.MinimumSiemens,
            device.MaximumSiemens,
            device.PulsesPerRange,
            figures.OnOffRatio,
            figures.States,
            figures.PotentiationNonlinearity,
            figures.DepressionNonlinearity,
            figures.AsymmetricNonlinearity,
            figures.PotentiationLabel,
            figures.DepressionLabel,
            figures.SymmetryPoint,
            figures.MidRangeAsymmetry,
            figures.CycleNoise);
    }
}
