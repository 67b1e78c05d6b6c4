using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using RramSnn.Cli.Reports;

namespace RramSnn.Cli.Exchange;

/// <summary>What goes into a network, step by step, as a table of all that is not zero.</summary>
internal sealed class SpikeTable
{
    /// <summary>Columns of input.</summary>
    internal const string Columns = "step,index[,value]";

    /// <summary>Columns of output.</summary>
    internal const string OutputColumns = "step,node,index,value";

    private const int MaximumRows = 50_000_000;

    // Of a wrong file's columns a message names no more.
    private const int MostNames = 8;

    private readonly ILookup<int, (int Index, float Value)> _rows;

    private SpikeTable(IReadOnlyList<(int Step, int Index, float Value)> rows)
    {
        Steps = rows.Count == 0 ? 0 : rows.Max(static row => row.Step) + 1;
        _rows = rows.ToLookup(static row => row.Step, static row => (row.Index, row.Value));
    }

    /// <summary>Steps up to the last one with input.</summary>
    internal int Steps { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <exception cref="InvalidDataException">The file is no such table; the message names the line.</exception>
    internal static SpikeTable Read(string path, int inputs)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: file not found", path);
        }

        using StreamReader text = new(path);
        CsvConfiguration configuration = new(CultureInfo.InvariantCulture) { AllowComments = true, TrimOptions = TrimOptions.Trim, BadDataFound = null, MaxFieldSize = 4096 };
        using CsvParser parser = new(text, configuration);
        try
        {
            return new SpikeTable(Rows(path, parser, inputs));
        }
        catch (CsvHelperException exception)
        {
            throw new InvalidDataException($"{path}: line {parser.RawRow}: is no row of comma-separated values.", exception);
        }
    }

    /// <summary>The input of a step.</summary>
    internal void CopyTo(int step, Span<float> values)
    {
        values.Clear();
        foreach ((int index, float value) in _rows[step])
        {
            // Two spikes of one input in one step are two.
            values[index] += value;
        }
    }

    /// <summary>Writes the values of a node that are not zero.</summary>
    internal static void WriteRows(TextWriter writer, int step, string node, ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != 0)
            {
                writer.Write(CsvText.Row([step, node, i, values[i]]));
            }
        }
    }

    private static List<(int Step, int Index, float Value)> Rows(string path, CsvParser parser, int inputs)
    {
        string[] header = parser.Read() ? parser.Record! : throw new InvalidDataException($"{path}: is empty; expected a header {Columns}.");
        int step = Array.IndexOf(header, "step");
        int index = Array.IndexOf(header, "index");
        int value = Array.IndexOf(header, "value");
        if (step < 0 || index < 0)
        {
            throw new InvalidDataException($"{path}: line {parser.RawRow}: has the columns {string.Join(',', header.Take(MostNames))}{(header.Length > MostNames ? ",..." : "")}; expected {Columns}.");
        }

        List<(int, int, float)> rows = [];
        while (parser.Read())
        {
            if (parser.Count != header.Length || rows.Count == MaximumRows)
            {
                throw Bad(parser.Count != header.Length ? $"has {parser.Count} fields; expected {header.Length} as in the header" : $"is row {rows.Count}; expected at most {MaximumRows}");
            }

            rows.Add((Whole(step, int.MaxValue - 1), Whole(index, inputs - 1), value < 0 ? 1f : Real()));
        }

        return rows;

        int Whole(int column, int highest) =>
            int.TryParse(parser[column], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= highest
                ? number
                : throw Bad($"{header[column]} is '{parser[column]}'; expected 0 to {highest}");

        float Real() =>
            float.TryParse(parser[value], NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number)
                ? number
                : throw Bad($"value is '{parser[value]}'; expected a number");

        InvalidDataException Bad(string problem) => new($"{path}: line {parser.RawRow}: {problem}.");
    }
}
