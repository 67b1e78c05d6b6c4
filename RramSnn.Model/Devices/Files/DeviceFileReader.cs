using System.Text;
using System.Text.Json;

namespace RramSnn.Model.Devices.Files;

/// <summary>Makes a device of a JSON text; every refusal names the file, the key and what was expected.</summary>
internal sealed class DeviceFileReader
{
    private const int LongestValue = 32;

    private readonly string _source;
    private readonly JsonSection _root;

    private DeviceFileReader(JsonElement root, string source)
    {
        _source = source;
        _root = new JsonSection(root, source, "", DeviceKeys.Device);
    }

    internal static Device Read(string text, string source)
    {
        try
        {
            // Comments and trailing commas are refused, as by every strict reader of JSON.
            using JsonDocument document = JsonDocument.Parse(text);
            return new DeviceFileReader(document.RootElement, source).Device();
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{source}: is no valid JSON{ValueAt(text)} (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}).", exception);
        }
        catch (InvalidOperationException exception)
        {
            // Thrown for escapes like \ud800 alone, which no .NET string of valid text can hold.
            throw new InvalidDataException($"{source}: is no valid JSON (half of a surrogate pair in a key or string).", exception);
        }
    }

    /// <summary>The key whose value is a word that JSON does not have, such as NaN; empty if the text is wrong in another way.</summary>
    private static string ValueAt(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Utf8JsonReader reader = new(bytes);
        string? key = null;
        try
        {
            while (reader.Read())
            {
                key = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;
            }
        }
        catch (JsonException) when (key is not null)
        {
            string rest = Encoding.UTF8.GetString(bytes.AsSpan((int)reader.BytesConsumed)).TrimStart(' ', '\t', '\r', '\n', ':');
            string value = rest[..Math.Min(rest.Length, LongestValue)].Split(',', '}', ']', '\n')[0];
            return value.TrimStart('-', '+') is [char first, ..] && char.IsLetter(first) ? $": {OneLine.Of(key)} is {OneLine.Of(value)}; expected a JSON value" : "";
        }
        catch (JsonException)
        {
            // Before, between or behind values: the place says enough.
        }

        return "";
    }

    private Device Device()
    {
        foreach (string key in DeviceKeys.Required.Where(key => !_root.Has(key)))
        {
            throw _root.Bad($"key '{key}' is missing");
        }

        if (_root.Has(DeviceKeys.Schema))
        {
            _ = _root.Text(DeviceKeys.Schema);
        }

        DeviceModel model = Checked("", () => DeviceModels.Get(_root.Text(DeviceKeys.Model)));
        DeviceLaw law = Law(model);
        DeviceVariability variability = _root.Has(DeviceKeys.Variability)
            ? Variability(_root.Section(DeviceKeys.Variability, DeviceKeys.OfVariability), model)
            : DeviceVariability.None;
        PulseConditions? conditions = _root.Has(DeviceKeys.PulseConditions)
            ? Conditions(_root.Section(DeviceKeys.PulseConditions, [.. PulseConditionKey.All.Select(static key => key.Key)]))
            : null;
        VoltageCurve[] curves = _root.Has(DeviceKeys.VoltageCurves)
            ? [.. _root.Sections(DeviceKeys.VoltageCurves, DeviceKeys.OfVoltageCurve).Select((section, index) => VoltageCurve(section, index))]
            : [];
        return Checked("", () => new Device(
            _root.Text(DeviceKeys.Name),
            OptionalText(DeviceKeys.Description),
            OptionalText(DeviceKeys.Source),
            _root.Number(DeviceKeys.MinimumSiemens),
            _root.Number(DeviceKeys.MaximumSiemens),
            _root.Number(DeviceKeys.PulsesPerRange),
            law)
        {
            Note = OptionalText(DeviceKeys.Note),
            Variability = variability,
            PulseConditions = conditions,
            VoltageCurves = curves,
        });
    }

    private string OptionalText(string key) => _root.Has(key) ? _root.Text(key) : "";

    private DeviceLaw Law(DeviceModel model)
    {
        JsonSection section = _root.Section(DeviceKeys.Parameters, [.. model.Parameters.Select(static parameter => parameter.Key)]);
        List<double> values = [];
        foreach (DeviceParameter parameter in model.Parameters)
        {
            double[] own = parameter.Count == 1 ? [section.Number(parameter.Key)] : section.Numbers(parameter.Key, parameter.Count);
            for (int i = 0; i < own.Length; i++)
            {
                if (!parameter.Allows(own[i]))
                {
                    string at = section.At(parameter.Key) + (parameter.Count == 1 ? "" : $"[{i}]");
                    throw section.Bad(FormattableString.Invariant($"{at} is {own[i]}; expected {parameter.Range}"));
                }
            }

            values.AddRange(own);
        }

        return Checked($"{DeviceKeys.Parameters}.", () => model.Create([.. values]));
    }

    private DeviceVariability Variability(JsonSection section, DeviceModel model)
    {
        DeviceVariability variability = DeviceVariability.None;
        foreach (VariabilityKey key in VariabilityKey.All.Where(key => section.Has(key.Key)))
        {
            double value = section.Number(key.Key);
            if (key.IsWhole && !(value == Math.Floor(value) && value >= 0 && value <= key.Maximum))
            {
                throw section.Bad(FormattableString.Invariant($"{section.At(key.Key)} is {value}; expected a whole number, 0 or more"));
            }

            variability = key.With(variability, value);
        }

        if (section.Has(DeviceKeys.Distribution))
        {
            variability = variability with { Distribution = Distribution(section) };
        }

        if (section.Has(DeviceKeys.Spread))
        {
            variability = variability with { Spread = Spread(section, model) };
        }

        Checked($"{DeviceKeys.Variability}.", () =>
        {
            variability.Validate(model);
            return 0;
        });
        return variability;
    }

    private static SpreadDistribution Distribution(JsonSection section)
    {
        string text = section.Text(DeviceKeys.Distribution);
        foreach (SpreadDistribution distribution in Enum.GetValues<SpreadDistribution>())
        {
            if (text == DeviceKeys.Spell(distribution))
            {
                return distribution;
            }
        }

        string known = string.Join(", ", Enum.GetValues<SpreadDistribution>().Select(DeviceKeys.Spell));
        throw section.Bad($"{section.At(DeviceKeys.Distribution)} is '{OneLine.Of(text)}'; expected one of {known}");
    }

    private static Dictionary<string, double> Spread(JsonSection section, DeviceModel model)
    {
        string[] keys = [.. model.Parameters.Select(static parameter => parameter.Key)];
        JsonSection spread = section.Section(DeviceKeys.Spread, keys);
        Dictionary<string, double> deviations = [];
        foreach (string key in keys.Where(spread.Has))
        {
            double deviation = spread.Number(key);
            if (!DeviceVariability.IsSpread(deviation))
            {
                throw spread.Bad(FormattableString.Invariant($"{spread.At(key)} is {deviation}; expected 0 to {DeviceVariability.LargestSpread}"));
            }

            deviations.Add(key, deviation);
        }

        return deviations;
    }

    private PulseConditions Conditions(JsonSection section)
    {
        double[] values = [.. PulseConditionKey.All.Select(key => section.Has(key.Key) ? section.Number(key.Key) : double.NaN)];
        PulseConditions conditions = new(values[0], values[1], values[2], values[3]);
        Checked($"{DeviceKeys.PulseConditions}.", () =>
        {
            conditions.Validate();
            return 0;
        });
        return conditions;
    }

    private VoltageCurve VoltageCurve(JsonSection section, int index)
    {
        VoltageCurve curve = new(section.Number(DeviceKeys.Volts), section.Number(DeviceKeys.BoundSiemens), section.Number(DeviceKeys.RatePerPulse));
        Checked($"{DeviceKeys.VoltageCurves}[{index}].", () =>
        {
            curve.Validate();
            return 0;
        });
        return curve;
    }

    /// <summary>Runs what checks numbers by itself, and turns its complaint into one about a key of the file.</summary>
    private T Checked<T>(string path, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException exception)
        {
            string message = OneLine.Of(exception.Message.Split('\n')[0]);
            if (exception.ParamName is { Length: > 0 } name)
            {
                message = message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal);
                message = message.StartsWith(name, StringComparison.Ordinal) ? $"{path}{KeyOf(name)}{message[name.Length..]}" : message;
            }

            throw new InvalidDataException($"{_source}: {message}", exception);
        }
    }

    private static string KeyOf(string name) => name switch
    {
        "minimumSiemens" => DeviceKeys.MinimumSiemens,
        "maximumSiemens" => DeviceKeys.MaximumSiemens,
        _ => JsonNamingPolicy.SnakeCaseLower.ConvertName(name),
    };
}
