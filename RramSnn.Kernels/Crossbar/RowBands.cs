namespace RramSnn.Kernels.Crossbar;

// How many rows a loop takes at a time, as a type argument.

/// <summary>One row.</summary>
internal readonly struct OneRow;

/// <summary>Four rows, which share the loads of what belongs to their columns.</summary>
internal readonly struct FourRows;

/// <summary>Four rows, and hints for four to come.</summary>
internal readonly struct FourRowsAndHints;
