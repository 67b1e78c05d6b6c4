using System.Globalization;

namespace RramSnn.Bench.Roofline;

/// <summary>A case that holds no memory until it is made.</summary>
/// <param name="Variant">Form of the kernel, in kebab-case.</param>
/// <param name="Shape">Extents.</param>
/// <param name="Make">Makes it.</param>
internal sealed record CaseFactory(string Variant, CaseShape Shape, Func<string, CaseShape, RooflineCase> Make)
{
    /// <summary>Makes the case.</summary>
    internal RooflineCase Create() => Make(Variant, Shape);

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Variant} {Shape.Rows}x{Shape.Columns} batch={Shape.Batch} density={Shape.Density} threads={Shape.Threads}");
}

/// <summary>Cases from shapes.</summary>
internal static class CaseFactories
{
    /// <summary>One variant at several shapes.</summary>
    internal static IEnumerable<CaseFactory> As(this IEnumerable<CaseShape> shapes, string variant, Func<string, CaseShape, RooflineCase> make) =>
        shapes.Select(shape => new CaseFactory(variant, shape, make));
}
