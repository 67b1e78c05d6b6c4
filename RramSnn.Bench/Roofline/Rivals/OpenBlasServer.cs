using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;

namespace RramSnn.Bench.Roofline.Rivals;

/// <summary>The hidden command behind <see cref="OpenBlasProcess"/>: one request per line in, nanoseconds per call out.</summary>
internal static class OpenBlasServer
{
    /// <summary>Name of the hidden command.</summary>
    internal const string CommandName = "serve-openblas";

    /// <summary>First line of an answer without OpenBLAS.</summary>
    internal const string Absent = "absent";

    // Beyond the forms for small matrices.
    private const int TrialExtent = 192;

    internal static Command CreateCommand(TextWriter output)
    {
        Command command = new(CommandName, "Times OpenBLAS for roofline.") { Hidden = true };
        command.SetAction(_ =>
        {
            Serve(Console.In, output);
            return 0;
        });
        return command;
    }

    private static void Serve(TextReader requests, TextWriter output)
    {
        if (!OpenBlas.IsAvailable)
        {
            output.WriteLine(Absent);
            return;
        }

        // A core type asked for is taken as it is, and one that the processor lacks instructions for ends the process at its first product:
        // better now than within a measurement.
        foreach (string operation in OpenBlasProduct.Operations)
        {
            using OpenBlasProduct trial = new(operation, TrialExtent, TrialExtent, TrialExtent);
            trial.Run();
        }

        output.WriteLine(Marshal.PtrToStringUTF8(OpenBlas.CoreName()));
        output.WriteLine(Marshal.PtrToStringUTF8(OpenBlas.Configuration()));
        output.Flush();
        OpenBlasProduct? product = null;
        string? last = null;
        while (requests.ReadLine() is { } request)
        {
            if (request != last)
            {
                product?.Dispose();
                string[] words = request.Split(' ');
                int[] extents = [.. words.Skip(1).Select(static word => int.Parse(word, CultureInfo.InvariantCulture))];
                product = new OpenBlasProduct(words[0], extents[0], extents[1], extents[2]);
                last = request;
            }

            output.WriteLine(product!.Batch().ToString("R", CultureInfo.InvariantCulture));
            output.Flush();
        }

        product?.Dispose();
    }
}
