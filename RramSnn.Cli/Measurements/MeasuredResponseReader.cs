using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using RramSnn.Model.Devices.Fitting;

namespace RramSnn.Cli.Measurements;

/// <summary>Reads measured pulse responses from CSV files; <c>docs/fitting.md</c> describes the columns.</summary>
internal sealed class MeasuredResponseReader
{
    /// <summary>Name of the device, trace or cycle of a file without such a column.</summary>
    internal const string OnlyOne = "1";

    private const long MaximumLength = 64L << 20;
    private const int MaximumReadings = 200_000;

    private readonly string _path;
    private readonly CsvParser _parser;
    private readonly PulseColumns _columns;
    private readonly double? _readVolts;
    private readonly OrderedDictionary<(string Device, string Name), OrderedDictionary<string, Ramps>> _traces = [];

    private MeasuredResponseReader(string path, CsvParser parser, PulseColumns columns, double? readVolts)
    {
        _path = path;
        _parser = parser;
        _columns = columns;
        _readVolts = readVolts;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="readVolts">Read voltage of currents, if the file has no column for it.</param>
    /// <param name="warnings">Columns that were not used.</param>
    /// <exception cref="InvalidDataException">The file is no pulse response; the message names the file, the line and what was expected.</exception>
    internal static MeasuredResponse Read(string path, double? readVolts, List<FitWarning> warnings)
    {
        FileInfo file = new(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"{path}: file not found", path);
        }

        if (file.Length > MaximumLength)
        {
            throw new InvalidDataException($"{path}: has {file.Length} bytes; expected a pulse response of at most {MaximumLength}.");
        }

        using StreamReader text = new(path);
        return Read(text, path, readVolts, warnings);
    }

    /// <inheritdoc cref="Read(string, double?, List{FitWarning})"/>
    internal static MeasuredResponse Read(TextReader text, string path, double? readVolts, List<FitWarning> warnings)
    {
        CsvConfiguration configuration = new(CultureInfo.InvariantCulture)
        {
            AllowComments = true,
            TrimOptions = TrimOptions.Trim | TrimOptions.InsideQuotes,
            BadDataFound = null,
            MaxFieldSize = 4096,
        };
        using CsvParser parser = new(text, configuration);
        try
        {
            if (!parser.Read())
            {
                throw new InvalidDataException($"{path}: is empty; expected a header with {PulseColumns.Expected}.");
            }

            PulseColumns columns = PulseColumns.Parse(parser.Record!, $"{path}: line {parser.RawRow}");
            if (columns.Ignored.Count > 0)
            {
                warnings.Add(new("ignored_columns", $"columns without a meaning here: {string.Join(", ", columns.Ignored.Select(static name => $"'{name}'"))}."));
            }

            return new MeasuredResponseReader(path, parser, columns, readVolts).ReadRows();
        }
        catch (CsvHelperException exception)
        {
            throw new InvalidDataException($"{path}: line {parser.RawRow}: is no row of comma-separated values.", exception);
        }
    }

    private MeasuredResponse ReadRows()
    {
        for (int row = 0; _parser.Read(); row++)
        {
            if (row == MaximumReadings)
            {
                throw Bad($"more than {MaximumReadings} rows; expected at most that many, for example every tenth reading.");
            }

            if (_parser.Count != _columns.Count)
            {
                throw Bad($"has {_parser.Count} fields; expected {_columns.Count} as in the header.");
            }

            ReadRow();
        }

        // The cycles of a trace follow each other in time.
        return new MeasuredResponse(_path, [.. _traces.Select(static item => new MeasuredTrace(item.Key.Device, item.Key.Name, [.. item.Value.Values.SelectMany(static cycle => cycle.First.Concat(cycle.Second))]))]);
    }

    private void ReadRow()
    {
        (string, string) key = (Name(_columns.Device), Name(_columns.Trace));
        if (!_traces.TryGetValue(key, out OrderedDictionary<string, Ramps>? cycles))
        {
            _traces[key] = cycles = [];
        }

        string cycle = Name(_columns.Cycle);
        if (!cycles.TryGetValue(cycle, out Ramps? trace))
        {
            cycles[cycle] = trace = new Ramps([], []);
        }

        if (_columns.Value is { } value)
        {
            trace.First.Add(new(Number(_columns.Pulse!.Value), IsPotentiation(_parser[_columns.Direction!.Value]), Siemens(value), _parser.RawRow));
            return;
        }

        // Ramps of different lengths leave cells empty at the end.
        AddRamp(trace.First, _columns.Potentiation!, isPotentiation: true);
        AddRamp(trace.Second, _columns.Depression!, isPotentiation: false);
    }

    private string Name(int? column) => column is { } index ? _parser[index] : OnlyOne;

    private void AddRamp(List<PulseReading> ramp, QuantityColumn column, bool isPotentiation)
    {
        if (_parser[column.Index].Length > 0)
        {
            // Without numbers nobody knows whether the first reading is one before or after the first pulse; 0 uses no step across the turning point.
            double pulse = _columns.Pulse is { } index ? Number(index) : ramp.Count;
            ramp.Add(new(pulse, isPotentiation, Siemens(column), _parser.RawRow));
        }
    }

    private double Siemens(QuantityColumn column)
    {
        double value = Number(column.Index) * column.Unit.Factor;
        double siemens = column.Unit.Base switch
        {
            ColumnUnit.Ohm => 1 / value,
            ColumnUnit.Ampere => value / ReadVolts(),
            _ => value,
        };
        if (!(siemens > 0 && double.IsFinite(siemens)))
        {
            string expected = column.Unit.Base == ColumnUnit.Ampere ? "a current in the direction of the read voltage, not 0" : "a number above 0";
            throw Bad($"{column.Header} is '{_parser[column.Index]}'; expected {expected}.");
        }

        if (siemens is < ResponseLimits.LowestSiemens or > ResponseLimits.HighestSiemens)
        {
            string example = column.Unit.Base switch
            {
                ColumnUnit.Ohm => "kilo-ohm would be resistance_kohm",
                ColumnUnit.Ampere => "nanoampere would be current_na",
                _ => $"microsiemens would be {(column.Header.StartsWith("lt", StringComparison.OrdinalIgnoreCase) ? "ltp_us and ltd_us" : "conductance_us")}",
            };
            string question = column.Unit.Factor == 1 ? $"; is the unit right? For example, {example}" : "";
            throw Bad(string.Create(CultureInfo.InvariantCulture, $"{column.Header} is '{_parser[column.Index]}', that is {siemens:G3} S; expected {ResponseLimits.LowestSiemens} to {ResponseLimits.HighestSiemens} S{question}."));
        }

        return siemens;
    }

    private double ReadVolts()
    {
        if (_columns.ReadVoltage is not { } column)
        {
            return _readVolts ?? throw Bad("is a current without a read voltage; expected a column read_volts or --read-voltage.");
        }

        double volts = Number(column.Index) * column.Unit.Factor;
        return volts != 0 ? volts : throw Bad($"{column.Header} is 0; expected the voltage at which the current was read.");
    }

    private double Number(int index)
    {
        string text = _parser[index];
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
        {
            return value;
        }

        string hint = text.Contains(',', StringComparison.Ordinal) ? " with a decimal point" : "";
        throw Bad($"has '{text}' in column {index + 1}; expected a number{hint}.");
    }

    private bool IsPotentiation(string text) => text.ToLowerInvariant() switch
    {
        "up" or "ltp" or "potentiation" or "set" or "+" or "1" or "+1" => true,
        "down" or "ltd" or "depression" or "reset" or "-" or "-1" => false,
        _ => throw Bad($"direction is '{text}'; expected up or down, +1 or -1, ltp or ltd."),
    };

    private InvalidDataException Bad(string problem) => new($"{_path}: line {_parser.RawRow}: {problem}");

    /// <summary>Readings of a cycle; the second list holds those that follow the first.</summary>
    private sealed record Ramps(List<PulseReading> First, List<PulseReading> Second);
}
