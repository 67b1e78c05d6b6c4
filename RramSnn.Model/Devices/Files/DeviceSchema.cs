using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RramSnn.Model.Devices.Files;

/// <summary>The JSON schema of device files (draft 2020-12), made from the models: <c>schemas/device.schema.json</c> is its text.</summary>
public static class DeviceSchema
{
    /// <summary>The schema, without the last line break.</summary>
    public static string ToJson()
    {
        using MemoryStream buffer = new();
        JsonWriterOptions options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (Utf8JsonWriter json = new(buffer, options))
        {
            Root().WriteTo(json);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static JsonObject Root() => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "RramSnn device",
        ["description"] = "A resistive device: a law of its normalised state u = (G - Gmin)/(Gmax - Gmin), its range, its variability and its pulses.",
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = Texts(DeviceKeys.Required),
        ["properties"] = new JsonObject
        {
            [DeviceKeys.Schema] = Text("where editors find this schema; ignored"),
            [DeviceKeys.Name] = Name(),
            [DeviceKeys.Description] = Text("one line for people"),
            [DeviceKeys.Source] = Text("where the numbers come from, on one line"),
            [DeviceKeys.Note] = Text("what was assumed, approximated or left out, on one line"),
            [DeviceKeys.Model] = new JsonObject
            {
                ["description"] = "the law of the state; it decides which parameters there are",
                ["enum"] = Texts([.. DeviceModels.All.Select(static model => model.Name)]),
            },
            [DeviceKeys.MinimumSiemens] = Number("Gmin in siemens, below g_max_siemens", 0, null, isMinimumAllowed: false),
            [DeviceKeys.MaximumSiemens] = Number("Gmax in siemens, above g_min_siemens", 0, 1, isMinimumAllowed: false),
            [DeviceKeys.PulsesPerRange] = Number("nominal number of pulses over the whole range", 1, 1e9),
            [DeviceKeys.Parameters] = new JsonObject { ["type"] = "object" },
            [DeviceKeys.Variability] = Variability(),
            [DeviceKeys.PulseConditions] = PulseConditions(),
            [DeviceKeys.VoltageCurves] = VoltageCurves(),
        },
        ["allOf"] = new JsonArray([.. DeviceModels.All.Select(static model => (JsonNode)OfModel(model))]),
    };

    // What a model changes: its parameters, and whose spread there may be.
    private static JsonObject OfModel(DeviceModel model) => new()
    {
        ["if"] = new JsonObject
        {
            ["properties"] = new JsonObject { [DeviceKeys.Model] = new JsonObject { ["const"] = model.Name } },
            ["required"] = Texts([DeviceKeys.Model]),
        },
        ["then"] = new JsonObject
        {
            ["properties"] = new JsonObject
            {
                [DeviceKeys.Parameters] = new JsonObject
                {
                    ["description"] = $"{model.Description}: {model.Equation} ({model.Source})",
                    ["additionalProperties"] = false,
                    ["required"] = Texts([.. model.Parameters.Select(static parameter => parameter.Key)]),
                    ["properties"] = Properties(model.Parameters, Parameter),
                },
                [DeviceKeys.Variability] = new JsonObject
                {
                    ["properties"] = new JsonObject
                    {
                        [DeviceKeys.Spread] = new JsonObject
                        {
                            ["additionalProperties"] = false,
                            ["properties"] = Properties(
                                model.IsStatistical ? [] : model.Parameters,
                                static parameter => Number($"relative standard deviation of {parameter.Symbol}", 0, DeviceVariability.LargestSpread)),
                        },
                    },
                },
            },
        },
    };

    private static JsonObject Properties(IReadOnlyList<DeviceParameter> parameters, Func<DeviceParameter, JsonNode> describe) =>
        new(parameters.Select(parameter => KeyValuePair.Create<string, JsonNode?>(parameter.Key, describe(parameter))));

    private static JsonObject Parameter(DeviceParameter parameter)
    {
        string description = $"{parameter.Symbol}: {parameter.Description}";
        if (parameter.Count == 1)
        {
            return Number(description, parameter.Minimum, parameter.Maximum, parameter.IsMinimumAllowed);
        }

        return new JsonObject
        {
            ["description"] = description,
            ["type"] = "array",
            ["minItems"] = parameter.Count,
            ["maxItems"] = parameter.Count,
            ["items"] = Number(null, parameter.Minimum, parameter.Maximum, parameter.IsMinimumAllowed),
        };
    }

    private static JsonObject Variability()
    {
        JsonObject properties = [];
        foreach (VariabilityKey key in VariabilityKey.All)
        {
            JsonObject number = Number(key.Description, 0, key.Maximum is double.MaxValue or int.MaxValue ? null : key.Maximum);
            number["type"] = key.IsWhole ? "integer" : "number";
            properties[key.Key] = number;
        }

        properties[DeviceKeys.Distribution] = new JsonObject
        {
            ["description"] = "how parameters spread",
            ["enum"] = Texts([.. Enum.GetValues<SpreadDistribution>().Select(DeviceKeys.Spell)]),
        };
        properties[DeviceKeys.Spread] = new JsonObject
        {
            ["description"] = "relative standard deviation from device to device, by the key of a parameter",
            ["type"] = "object",
        };
        return new JsonObject
        {
            ["description"] = "how devices differ from their law and from each other; what is left out is perfect",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
    }

    private static JsonObject PulseConditions()
    {
        JsonObject properties = [];
        foreach (PulseConditionKey key in PulseConditionKey.All)
        {
            bool isWidth = key.Key.EndsWith("_seconds", StringComparison.Ordinal);
            properties[key.Key] = isWidth
                ? Number(key.Description, 0, null, isMinimumAllowed: false)
                : new JsonObject { ["description"] = key.Description, ["type"] = "number" };
        }

        return new JsonObject
        {
            ["description"] = "one pulse of each polarity; what is left out is unknown",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
    }

    private static JsonObject VoltageCurves() => new()
    {
        ["description"] = "soft bounds of pulses of other amplitudes, dG/dn = rate (bound - G)",
        ["type"] = "array",
        ["items"] = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = Texts(DeviceKeys.OfVoltageCurve),
            ["properties"] = new JsonObject
            {
                [DeviceKeys.Volts] = new JsonObject
                {
                    ["description"] = "amplitude, positive for potentiation and negative for depression",
                    ["type"] = "number",
                    ["not"] = new JsonObject { ["const"] = 0 },
                },
                [DeviceKeys.BoundSiemens] = Number("conductance that such pulses lead to in the long run", 0, 1, isMinimumAllowed: false),
                [DeviceKeys.RatePerPulse] = Number("rate of the approach to it", 0, VoltageCurve.LargestRate, isMinimumAllowed: false),
            },
        },
    };

    private static JsonObject Name() => new()
    {
        ["description"] = "short name used on the command line and in names of folders",
        ["type"] = "string",
        ["pattern"] = $"^[A-Za-z0-9][A-Za-z0-9._+-]{{0,{Device.LongestName - 1}}}$",
    };

    private static JsonObject Text(string description) => new() { ["description"] = description, ["type"] = "string" };

    private static JsonObject Number(string? description, double minimum, double? maximum, bool isMinimumAllowed = true)
    {
        JsonObject number = [];
        if (description is not null)
        {
            number["description"] = description;
        }

        number["type"] = "number";
        number[isMinimumAllowed ? "minimum" : "exclusiveMinimum"] = minimum;
        if (maximum is { } upper)
        {
            number["maximum"] = upper;
        }

        return number;
    }

    private static JsonArray Texts(IReadOnlyList<string> texts) => new([.. texts.Select(static text => (JsonNode)JsonValue.Create(text)!)]);
}
