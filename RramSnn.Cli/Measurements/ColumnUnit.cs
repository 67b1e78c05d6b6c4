namespace RramSnn.Cli.Measurements;

/// <summary>The unit that ends the name of a column: <c>siemens</c>, <c>us</c>, <c>kiloohm</c>, <c>na</c>, ...</summary>
/// <param name="Base">siemens, ohm, ampere or volts.</param>
/// <param name="Factor">Multiples of the base unit.</param>
internal readonly record struct ColumnUnit(string Base, double Factor)
{
    internal const string Siemens = "siemens";
    internal const string Ohm = "ohm";
    internal const string Ampere = "ampere";
    internal const string Volts = "volts";

    private static readonly (string Name, string Base)[] Names =
    [
        ("siemens", Siemens), ("s", Siemens),
        ("ohms", Ohm), ("ohm", Ohm), ("\u03c9", Ohm), ("\u2126", Ohm),
        ("amperes", Ampere), ("ampere", Ampere), ("amps", Ampere), ("amp", Ampere), ("a", Ampere),
        ("volts", Volts), ("volt", Volts), ("v", Volts),
    ];

    private static readonly (string Prefix, double Factor)[] Prefixes =
    [
        ("", 1), ("femto", 1e-15), ("pico", 1e-12), ("nano", 1e-9), ("micro", 1e-6), ("milli", 1e-3), ("kilo", 1e3), ("mega", 1e6), ("giga", 1e9),
        ("f", 1e-15), ("p", 1e-12), ("n", 1e-9), ("u", 1e-6), ("\u00b5", 1e-6), ("\u03bc", 1e-6), ("m", 1e-3), ("k", 1e3), ("g", 1e9),
    ];

    /// <summary>Finds the unit of a text in lower case.</summary>
    internal static bool TryParse(string text, out ColumnUnit unit)
    {
        foreach ((string name, string quantity) in Names)
        {
            if (text.EndsWith(name, StringComparison.Ordinal))
            {
                string before = text[..^name.Length];
                foreach ((string prefix, double factor) in Prefixes)
                {
                    if (prefix == before)
                    {
                        unit = new(quantity, factor);
                        return true;
                    }
                }
            }
        }

        unit = default;
        return false;
    }
}
