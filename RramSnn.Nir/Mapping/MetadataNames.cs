using System.Text.Json;

namespace RramSnn.Nir.Mapping;

/// <summary>Names in the metadata of a graph; flat, since older readers know no groups there.</summary>
internal static class MetadataNames
{
    internal const string FormatVersion = "rramsnn.format_version";
    internal const string Form = "rramsnn.form";
    internal const string StepSeconds = "rramsnn.step_seconds";
    internal const string Discretisation = "rramsnn.discretisation";
    internal const string CurrentOrder = "rramsnn.current_order";
    internal const string Steps = "rramsnn.steps";
    internal const string BurnIn = "rramsnn.burn_in";
    internal const string Run = "rramsnn.run.";
    internal const string State = "rramsnn.state.";

    internal const string Version = "1";
    internal const string ForwardEuler = "forward-euler";
    internal const string MembraneFirst = "membrane-first";

    internal static string NameOf(NirForm form) => JsonNamingPolicy.KebabCaseLower.ConvertName(form.ToString());
}
