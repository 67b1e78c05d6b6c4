using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace RramSnn.Cli.Reports;

/// <summary>CSV of numbers and texts: numbers in the shortest form that reads back exactly, texts quoted where they must be.</summary>
internal static class CsvText
{
    /// <summary>Header and rows.</summary>
    internal static string Of(string header, IEnumerable<IEnumerable<object?>> rows) => header + "\n" + string.Concat(rows.Select(Row));

    /// <summary>One row with its line end; null is an empty cell.</summary>
    internal static string Row(IEnumerable<object?> cells)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        using (CsvWriter csv = new(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }))
        {
            foreach (object? cell in cells)
            {
                csv.WriteField(cell is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : cell?.ToString());
            }

            csv.NextRecord();
        }

        return text.ToString();
    }
}
