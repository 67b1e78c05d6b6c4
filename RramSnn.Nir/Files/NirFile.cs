using RramSnn.Nir.Graph;

namespace RramSnn.Nir.Files;

/// <summary>Reads and writes NIR files: HDF5 with <c>version</c> and the graph <c>node</c>.</summary>
/// <remarks>
/// The format is that of the reference package nir (Pedersen et al., Nature Communications 15:8122, 2024; docs/nir.md). What is read: all types of
/// docs/nir.md, graphs within graphs, strings of fixed or variable length, arrays in one piece or in deflated chunks, old and new file formats.
/// What is written reads back the same: types and bits of all arrays, names, order of edges, metadata.
/// </remarks>
public static class NirFile
{
    /// <summary>Version of NIR that new files name.</summary>
    public const string Version = "1.0";

    /// <summary>Reads a graph.</summary>
    /// <param name="path">The file.</param>
    /// <param name="warnings">Receives a line for everything in metadata that was left out; null to ignore that.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no NIR file, or holds a node type that is not supported; the message names file and node.</exception>
    public static NirGraph Read(string path, ICollection<string>? warnings = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: file not found", path);
        }

        NirGraph graph = new NirReader(path, warnings).Read();
        return NirRules.FirstProblem(graph) is { } problem ? throw new InvalidDataException($"{path}: {problem}.") : graph;
    }

    /// <summary>Writes a graph; an existing file is replaced only when the new one is complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="graph">The graph.</param>
    /// <exception cref="ArgumentException">The graph is not well-formed (<see cref="NirGraph.Validate"/>).</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, NirGraph graph)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(graph);
        graph.Validate();
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
        {
            throw new DirectoryNotFoundException($"{path}: expected a file in a folder that exists.");
        }

        string temporary = path + ".tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.ReadWrite))
            {
                NirWriter.Write(stream, graph);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
