using System.Globalization;

namespace RramSnn.Cli.Measurements;

/// <summary>A column with a quantity.</summary>
/// <param name="Index">Place in the row.</param>
/// <param name="Header">Its name as the file writes it.</param>
/// <param name="Unit">Its unit.</param>
internal sealed record QuantityColumn(int Index, string Header, ColumnUnit Unit);

/// <summary>Which column of a measured pulse response holds what.</summary>
internal sealed class PulseColumns
{
    private static readonly string[] Quantities = ["conductance", "resistance", "current"];

    internal const string Expected =
        "pulse, direction and one of conductance_siemens, resistance_ohm, current_ampere, or ltp_siemens and ltd_siemens (units also with SI prefixes, such as conductance_us)";

    internal int? Pulse { get; private set; }

    internal int? Direction { get; private set; }

    internal int? Device { get; private set; }

    internal int? Trace { get; private set; }

    internal int? Cycle { get; private set; }

    /// <summary>The measured quantity, one reading per row.</summary>
    internal QuantityColumn? Value { get; private set; }

    /// <summary>The potentiation ramp, beside which there is <see cref="Depression"/>.</summary>
    internal QuantityColumn? Potentiation { get; private set; }

    /// <summary>The depression ramp.</summary>
    internal QuantityColumn? Depression { get; private set; }

    /// <summary>The read voltage.</summary>
    internal QuantityColumn? ReadVoltage { get; private set; }

    /// <summary>Columns that say nothing about pulses.</summary>
    internal List<string> Ignored { get; } = [];

    internal int Count { get; private init; }

    /// <summary>Reads the header.</summary>
    /// <exception cref="InvalidDataException">Columns are missing, doubled or without a unit.</exception>
    internal static PulseColumns Parse(IReadOnlyList<string> header, string place)
    {
        PulseColumns columns = new() { Count = header.Count };
        if (header.Count == 1 && header[0].IndexOfAny([';', '\t', '|']) is >= 0 and int at)
        {
            string separator = header[0][at] == '\t' ? "a tab" : $"'{header[0][at]}'";
            throw new InvalidDataException($"{place}: columns are separated by {separator}; expected commas, with a point in numbers.");
        }

        if (header.All(static name => double.TryParse(name, CultureInfo.InvariantCulture, out _)))
        {
            throw new InvalidDataException($"{place}: is no header, only numbers; expected names of columns: {Expected}.");
        }

        for (int i = 0; i < header.Count; i++)
        {
            columns.Add(i, header[i], place);
        }

        columns.Check(place);
        return columns;
    }

    private void Add(int index, string header, string place)
    {
        // "Conductance (µS)" is conductance_µs.
        string name = string.Join('_', header.ToLowerInvariant().Split([' ', '_', '(', ')', '[', ']', '/'], StringSplitOptions.RemoveEmptyEntries));
        switch (name)
        {
            case "pulse" or "pulses" or "pulse_number":
                Pulse = Once(Pulse, index);
                return;
            case "direction" or "polarity":
                Direction = Once(Direction, index);
                return;
            case "device":
                Device = Once(Device, index);
                return;
            case "trace":
                Trace = Once(Trace, index);
                return;
            case "cycle":
                Cycle = Once(Cycle, index);
                return;
            case "state":
                // Of 'device response'; it repeats the conductance.
                return;
        }

        int end = name.LastIndexOf('_');
        string quantity = end < 0 ? name : name[..end];
        bool isReadVoltage = quantity is "read" or "read_voltage";
        if (!Quantities.Contains(quantity) && quantity is not ("ltp" or "ltd") && !isReadVoltage)
        {
            Ignored.Add(header);
            return;
        }

        if (end < 0 || !ColumnUnit.TryParse(name[(end + 1)..], out ColumnUnit unit))
        {
            throw new InvalidDataException($"{place}: column '{header}' has no unit that is known; expected siemens, ohm, ampere or volts with or without an SI prefix, such as {(isReadVoltage ? "read_volts" : $"{quantity}_us")}.");
        }

        string word = name[(end + 1)..];
        if (unit.Base == ColumnUnit.Ohm && unit.Factor == 1e-3 && word.StartsWith('m') && !word.StartsWith("milli", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{place}: column '{header}' may mean milliohm or megaohm; expected one of these words.");
        }

        string? wanted = quantity switch
        {
            "conductance" => ColumnUnit.Siemens,
            "resistance" => ColumnUnit.Ohm,
            "current" => ColumnUnit.Ampere,
            _ => isReadVoltage ? ColumnUnit.Volts : null,
        };
        if (wanted is not null && unit.Base != wanted)
        {
            throw new InvalidDataException($"{place}: column '{header}' has a unit of another quantity; expected {wanted}.");
        }

        QuantityColumn column = new(index, header, unit);
        switch (quantity)
        {
            case "ltp":
                Potentiation = Potentiation is null ? column : throw Twice();
                break;
            case "ltd":
                Depression = Depression is null ? column : throw Twice();
                break;
            case "conductance" or "resistance" or "current":
                Value = Value is null ? column : throw Twice();
                break;
            default:
                ReadVoltage = ReadVoltage is null ? column : throw Twice();
                break;
        }

        int Once(int? before, int now) => before is null ? now : throw Twice();

        InvalidDataException Twice() => new($"{place}: column '{header}' is a second one of its kind; expected one.");
    }

    private void Check(string place)
    {
        bool isRampForm = Potentiation is not null || Depression is not null;
        string? problem = (isRampForm, Value) switch
        {
            (true, not null) => "has both ltp/ltd columns and a column with all readings",
            (true, null) when Potentiation is null || Depression is null => $"has no column {(Potentiation is null ? "ltp" : "ltd")}_siemens",
            (true, null) when Potentiation!.Unit.Base == ColumnUnit.Volts || Depression!.Unit.Base == ColumnUnit.Volts => "has a ramp in volts",
            (true, null) when Direction is not null => "has a column direction beside ltp and ltd",
            (false, null) => "has no column with a conductance, resistance or current",
            (false, not null) when Pulse is null => "has no column pulse",
            (false, not null) when Direction is null => "has no column direction",
            _ => null,
        };
        if (problem is not null)
        {
            throw new InvalidDataException($"{place}: {problem}; expected {Expected}.");
        }
    }
}
