namespace RramSnn.Nir.Files;

/// <summary>Names that the format gives a meaning.</summary>
internal static class NirNames
{
    internal const string Version = "version";
    internal const string Node = "node";
    internal const string Type = "type";
    internal const string Edges = "edges";
    internal const string Nodes = "nodes";
    internal const string Metadata = "metadata";

    /// <summary>Shapes that some writers repeat in every node, and that follow from the parameters.</summary>
    internal static IReadOnlyList<string> Derived { get; } = ["input_type", "output_type"];
}
