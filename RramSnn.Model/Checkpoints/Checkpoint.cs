using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using RramSnn.Kernels.Crossbar;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Layers;

namespace RramSnn.Model.Checkpoints;

/// <summary>
/// Saves and restores a network's lasting state as a safetensors file that other tools can read.
/// </summary>
/// <remarks>
/// Per layer: <c>conductance_plus</c> and, for pairs, <c>conductance_minus</c> (normalised states, [inputs, neurons]),
/// <c>readout</c> ([neurons, classes]), <c>pulse_total</c> and <c>write_total</c> (per panel of 128 neurons). Tensors are
/// row-major and without padding, whatever the order in memory. Multi-byte values are little-endian.
/// </remarks>
public static class Checkpoint
{
    /// <summary>Writes a checkpoint; an existing file is replaced only when the new one is complete.</summary>
    /// <param name="path">Target file.</param>
    /// <param name="network">The network.</param>
    /// <param name="metadata">What the reader needs to rebuild the network and go on with the run.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, Network network, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(metadata);
        SafeTensorsFile.Write(path, metadata, Tensors(network));
    }

    /// <summary>Reads what was saved with a network, without the network.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no well-formed safetensors file.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path) => SafeTensorsFile.ReadMetadata(path);

    /// <summary>Gives a network the state of a checkpoint; on an error the network is left as it was.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is malformed, or a tensor is missing, unknown or of another shape.</exception>
    public static void Restore(string path, Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Dictionary<string, SafeTensor> saved = SafeTensorsFile.ReadTensors(path).ToDictionary(static tensor => tensor.Name, StringComparer.Ordinal);
        List<SafeTensor> present = Tensors(network);
        foreach (SafeTensor expected in present)
        {
            if (!saved.TryGetValue(expected.Name, out SafeTensor? tensor))
            {
                throw SafeTensorsFile.Bad(path, $"has no tensor {expected.Name}; expected a checkpoint of this network");
            }

            if (tensor.Type != expected.Type || !tensor.Shape.AsSpan().SequenceEqual(expected.Shape))
            {
                throw SafeTensorsFile.Bad(path, $"tensor {expected.Name} is {tensor.Type}[{string.Join(", ", tensor.Shape)}]; expected {expected.Type}[{string.Join(", ", expected.Shape)}]");
            }

            CheckValues(path, tensor);
        }

        if (saved.Count != present.Count)
        {
            string unknown = saved.Keys.Except(present.Select(static tensor => tensor.Name)).First();
            throw SafeTensorsFile.Bad(path, $"has a tensor {unknown}, which this network does not");
        }

        foreach (Layer layer in network.Layers)
        {
            RestoreLayer(layer, saved);
        }
    }

    /// <summary>SHA-256 over names, shapes and elements of all lasting state, in lower-case hexadecimal.</summary>
    /// <remarks>Two networks with the same hash hold the same bits; neither padding nor the order in memory counts.</remarks>
    public static string StateSha256(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (SafeTensor tensor in Tensors(network))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{tensor.Name}:{tensor.Type}[{string.Join(',', tensor.Shape)}]\n"));
            hash.AppendData(tensor.Data);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static List<SafeTensor> Tensors(Network network)
    {
        List<SafeTensor> tensors = [];
        foreach (Layer layer in network.Layers)
        {
            string prefix = Prefix(layer);
            Crossbar crossbar = layer.Crossbar;
            int[] shape = [crossbar.Layout.Rows, crossbar.Layout.Columns];
            tensors.Add(new SafeTensor($"{prefix}.conductance_plus", SafeTensor.Float32, shape, RowMajor(crossbar.Layout, crossbar.Plus)));
            if (crossbar.Cell == SynapseCell.Pair)
            {
                tensors.Add(new SafeTensor($"{prefix}.conductance_minus", SafeTensor.Float32, shape, RowMajor(crossbar.Layout, crossbar.Minus)));
            }

            int classes = network.Options.Classes;
            tensors.Add(new SafeTensor($"{prefix}.readout", SafeTensor.Float32, [layer.Neurons, classes], Rows(layer.Readout, layer.ClassStride, classes)));
            tensors.Add(new SafeTensor($"{prefix}.pulse_total", SafeTensor.Float64, [layer.PulseTotals.Length], MemoryMarshal.AsBytes(layer.PulseTotals).ToArray()));
            tensors.Add(new SafeTensor($"{prefix}.write_total", SafeTensor.Int64, [layer.WriteTotals.Length], MemoryMarshal.AsBytes(layer.WriteTotals).ToArray()));
        }

        return tensors;
    }

    private static void RestoreLayer(Layer layer, Dictionary<string, SafeTensor> saved)
    {
        string prefix = Prefix(layer);
        Crossbar crossbar = layer.Crossbar;
        crossbar.Layout.FromRowMajor(Floats(saved[$"{prefix}.conductance_plus"]), crossbar.Plus);
        if (crossbar.Cell == SynapseCell.Pair)
        {
            crossbar.Layout.FromRowMajor(Floats(saved[$"{prefix}.conductance_minus"]), crossbar.Minus);
        }

        ReadOnlySpan<float> readout = Floats(saved[$"{prefix}.readout"]);
        int classes = readout.Length / layer.Neurons;
        for (int neuron = 0; neuron < layer.Neurons; neuron++)
        {
            readout.Slice(neuron * classes, classes).CopyTo(layer.Readout[(neuron * layer.ClassStride)..]);
        }

        layer.RebuildFeedback();
        MemoryMarshal.Cast<byte, double>(saved[$"{prefix}.pulse_total"].Data).CopyTo(layer.PulseTotals);
        MemoryMarshal.Cast<byte, long>(saved[$"{prefix}.write_total"].Data).CopyTo(layer.WriteTotals);
    }

    private static void CheckValues(string path, SafeTensor tensor)
    {
        if (tensor.Type != SafeTensor.Float32)
        {
            return;
        }

        bool isState = tensor.Name.Contains(".conductance_", StringComparison.Ordinal);
        foreach (float value in Floats(tensor))
        {
            if (!float.IsFinite(value) || (isState && value is < 0f or > 1f))
            {
                throw SafeTensorsFile.Bad(path, $"tensor {tensor.Name} holds {value}; expected {(isState ? "states from 0 to 1" : "finite numbers")}");
            }
        }
    }

    private static string Prefix(Layer layer) => $"layers.{layer.Index}";

    private static ReadOnlySpan<float> Floats(SafeTensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.Data);

    private static byte[] RowMajor(CrossbarLayout layout, ReadOnlySpan<float> stored)
    {
        byte[] bytes = new byte[(long)layout.Rows * layout.Columns * sizeof(float)];
        layout.ToRowMajor(stored, MemoryMarshal.Cast<byte, float>(bytes.AsSpan()));
        return bytes;
    }

    private static byte[] Rows(ReadOnlySpan<float> padded, int stride, int width)
    {
        float[] rows = new float[padded.Length / stride * width];
        for (int row = 0; row < padded.Length / stride; row++)
        {
            padded.Slice(row * stride, width).CopyTo(rows.AsSpan(row * width));
        }

        return MemoryMarshal.AsBytes(rows.AsSpan()).ToArray();
    }
}
