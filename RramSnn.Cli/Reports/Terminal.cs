using Spectre.Console;

namespace RramSnn.Cli.Reports;

/// <summary>Spectre consoles over the program's own writers.</summary>
internal static class Terminal
{
    internal static IAnsiConsole Console(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });

    /// <summary>Writes a table of names and values.</summary>
    internal static void WriteTable(TextWriter writer, string title, IEnumerable<(string Name, string Value)> rows)
    {
        Table table = new() { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape(title)), ShowHeaders = false };
        table.AddColumn(new TableColumn("name"));
        table.AddColumn(new TableColumn("value"));
        foreach ((string name, string value) in rows)
        {
            table.AddRow(new Text(name), new Text(value));
        }

        Console(writer).Write(table);
    }
}
