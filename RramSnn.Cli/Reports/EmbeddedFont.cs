using ScottPlot;
using SkiaSharp;

namespace RramSnn.Cli.Reports;

/// <summary>The font of all pictures, part of the program: pictures look alike everywhere, also where no font is installed.</summary>
internal sealed class EmbeddedFont : IFontResolver
{
    private const string Resource = "DejaVuSans.ttf";

    private EmbeddedFont()
    {
    }

    /// <summary>The family to set in a plot.</summary>
    internal static string Family { get; } = Register();

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        CreateTypeface(fontName, FontWeight.Normal, FontSlant.Upright, FontSpacing.Normal);

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing)
    {
        if (fontName != Family)
        {
            return null;
        }

        using Stream stream = typeof(EmbeddedFont).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The program lacks its resource {Resource}.");
        return SKTypeface.FromStream(stream);
    }

    private static string Register()
    {
        Fonts.FontResolvers.Add(new EmbeddedFont());
        return "RramSnn DejaVu Sans";
    }
}
