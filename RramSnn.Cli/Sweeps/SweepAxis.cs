using System.CommandLine;
using System.Globalization;
using RramSnn.Cli.Studies;

namespace RramSnn.Cli.Sweeps;

/// <summary>One axis of a sweep: an option of <c>train</c> or a nonlinearity of a made-up device, and its values.</summary>
internal sealed record SweepAxis(string Name, IReadOnlyList<double> Values)
{
    private const int MostValues = 1000;

    /// <summary>Whether the axis is a nonlinearity.</summary>
    internal bool IsNonlinearity => SweepDevice.Names.Contains(Name);

    /// <summary>Key of the axis in files.</summary>
    internal string Key => Name.Replace('-', '_');

    /// <summary>Reads NAME=values, where values are a list such as 1,2,5, or first:last:count, also with :log behind it.</summary>
    /// <param name="key">x or y, for messages.</param>
    /// <param name="text">The text.</param>
    /// <param name="options">Options of <c>train</c>, of which the numeric ones may be an axis.</param>
    /// <exception cref="ArgumentException">The text is no axis.</exception>
    internal static SweepAxis Parse(string key, string text, IReadOnlyList<Option> options)
    {
        string[] parts = text.Split('=', 2);
        string name = parts[0].Trim().TrimStart('-');
        string[] names = [.. SweepDevice.Names, .. options.Where(IsNumeric).Select(static option => option.Name.TrimStart('-'))];
        if (parts.Length != 2 || !names.Contains(name))
        {
            throw new ArgumentException($"{key} is '{text}'; expected OPTION=first:last:count[:log] or OPTION=v,v,... with one of {string.Join(", ", names)}.");
        }

        double[] values = [.. Numbers(parts[1])];
        return values.Distinct().Count() == values.Length
            ? new SweepAxis(name, values)
            : throw new ArgumentException($"{key} is '{text}'; expected every value once.");

        IEnumerable<double> Numbers(string list)
        {
            if (!list.Contains(':'))
            {
                return list.Split(',').Select(Number);
            }

            string[] range = list.Split(':');
            bool isLogarithmic = range.Length == 4 && range[3] == "log";
            if ((range.Length != 3 && !isLogarithmic)
                || !int.TryParse(range[2], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                || count is < 2 or > MostValues)
            {
                throw Bad($"first:last:count, with a count of 2 to {MostValues}, or first:last:count:log");
            }

            double first = Number(range[0]);
            double last = Number(range[1]);
            if (isLogarithmic && !(first > 0 && last > 0))
            {
                throw Bad("positive ends of a logarithmic range");
            }

            // The ends exactly, and as few digits as tell the values apart.
            return Enumerable.Range(0, count).Select(index =>
            {
                double share = index / (count - 1.0);
                double value = isLogarithmic ? first * Math.Pow(last / first, share) : first + ((last - first) * share);
                return index == 0 ? first : index == count - 1 ? last : double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            });
        }

        double Number(string number) =>
            double.TryParse(number, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : throw Bad("numbers");

        ArgumentException Bad(string expected) => new($"{key} is '{text}'; expected {expected}.");
    }

    /// <summary>The arguments of a point; those of a nonlinearity are the device's.</summary>
    internal TrainArguments Apply(TrainArguments arguments, double value) => IsNonlinearity ? arguments : arguments.With($"--{Name}", Text(value));

    /// <summary>Where a value lies between the values of the axis, in units of their index; null if it lies outside.</summary>
    internal double? PlaceOf(double value)
    {
        for (int index = 0; index + 1 < Values.Count; index++)
        {
            double share = (value - Values[index]) / (Values[index + 1] - Values[index]);
            if (share is >= 0 and <= 1)
            {
                return index + share;
            }
        }

        return null;
    }

    internal static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static bool IsNumeric(Option option)
    {
        Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        return type.IsPrimitive && type != typeof(bool);
    }
}
