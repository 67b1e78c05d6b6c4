namespace RramSnn.Model.Periphery;

/// <summary>At how many of its ends a line of an array is connected.</summary>
public enum LineEnds
{
    /// <summary>One: word lines are driven from the left (before column 0), bit lines are sensed at the bottom (behind the last row).</summary>
    One,

    /// <summary>Both, by two like circuits of the same voltage.</summary>
    Both,
}

/// <summary>Resistances between the devices of an array and its drivers and sense circuits, in ohm.</summary>
/// <remarks>
/// <code>
///   driver --Driver--WordLineSegment--o--WordLineSegment--o-- ...        o = node; between a word line's node (i, j)
///                                     |                   |                  and a bit line's lies device (i, j)
///   bit line, downwards:   o--BitLineSegment--o-- ... --BitLineSegment--Sense--virtual ground
/// </code>
/// A line of n devices has n segments if one end is connected, n + 1 if both are. Zero is an ideal conductor, exactly.
/// </remarks>
public sealed record WireResistance
{
    private const double Smallest = 1e-12;
    private const double Largest = 1e15;

    private const string Expected = "0, or 1e-12 to 1e15 ohm";

    /// <summary>Resistances with ideal drivers and sense circuits.</summary>
    /// <param name="segment">Resistance of a wire from device to device, of word lines and bit lines.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is neither 0 nor 1e-12 to 1e15 ohm.</exception>
    public WireResistance(double segment)
    {
        WordLineSegment = Checked(segment, nameof(segment));
        BitLineSegment = segment;
    }

    /// <summary>A word line's wire from device to device, and from its connected ends to the first device.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is neither 0 nor 1e-12 to 1e15 ohm.</exception>
    public double WordLineSegment { get; init => field = Checked(value, nameof(WordLineSegment)); }

    /// <summary>A bit line's wire from device to device, and from the last device to its connected ends.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is neither 0 nor 1e-12 to 1e15 ohm.</exception>
    public double BitLineSegment { get; init => field = Checked(value, nameof(BitLineSegment)); }

    /// <summary>Output resistance of each word line driver.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is neither 0 nor 1e-12 to 1e15 ohm.</exception>
    public double Driver { get; init => field = Checked(value, nameof(Driver)); }

    /// <summary>Input resistance of each sense circuit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is neither 0 nor 1e-12 to 1e15 ohm.</exception>
    public double Sense { get; init => field = Checked(value, nameof(Sense)); }

    /// <summary>Where word lines are driven.</summary>
    public LineEnds DrivenEnds { get; init; }

    /// <summary>Where bit lines are sensed; the current of a line sensed at both ends is the sum.</summary>
    public LineEnds SensedEnds { get; init; }

    internal LineResistance WordLine => new(WordLineSegment, WordLineSegment + Driver, DrivenEnds == LineEnds.Both);

    internal LineResistance BitLine => new(BitLineSegment, BitLineSegment + Sense, SensedEnds == LineEnds.Both);

    private static double Checked(double value, string argument)
    {
        Require.That(value is 0 or (>= Smallest and <= Largest), value, Expected, argument);
        return value;
    }
}

/// <summary>Resistances along one line: between its devices, and from an end's device to the circuit there.</summary>
internal readonly record struct LineResistance(double Segment, double Lead, bool IsBothEnded)
{
    /// <summary>Whether the whole line is at its circuit's potential.</summary>
    internal bool IsIdeal => Lead == 0;
}
