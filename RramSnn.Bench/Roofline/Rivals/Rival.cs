namespace RramSnn.Bench.Roofline.Rivals;

/// <summary>Another way to do the work of a kernel.</summary>
/// <param name="name">Name in tables and JSON, in kebab-case.</param>
internal abstract class Rival(string name)
{
    /// <summary>Name in tables and JSON.</summary>
    internal virtual string Name { get; } = name;

    /// <summary>Times one batch.</summary>
    /// <returns>Nanoseconds per call.</returns>
    internal abstract double Batch();
}
