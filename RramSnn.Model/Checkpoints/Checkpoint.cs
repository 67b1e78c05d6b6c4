using System.Runtime.InteropServices;
using System.Text;
using RramSnn.Kernels.Memory;
using RramSnn.Model.Layers;

namespace RramSnn.Model.Checkpoints;

/// <summary>
/// Saves and restores a network's lasting state as a safetensors file that other tools can read.
/// </summary>
/// <remarks>
/// The tensors are the persistent fields of the network's layout table. Per layer: <c>conductance_plus</c> and, for pairs,
/// <c>conductance_minus</c> (normalised states, [inputs, neurons]), for devices that remember more than their state <c>memory_plus</c> and
/// <c>memory_minus</c> of the same shape, <c>readout</c> ([neurons, classes]), <c>pulse_total</c>,
/// <c>write_total</c> and <c>read_total</c> (per panel of 128 neurons). Tensors are row-major and without padding, whatever
/// the order in memory. Multi-byte values are little-endian.
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

    /// <summary>Reads the state of a checkpoint, without the network.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no well-formed safetensors file.</exception>
    public static IReadOnlyList<SafeTensor> ReadTensors(string path) => SafeTensorsFile.ReadTensors(path);

    /// <summary>Inputs and classes of the network that a state belongs to.</summary>
    /// <param name="path">Where the tensors come from, for messages.</param>
    /// <param name="tensors">The state.</param>
    /// <exception cref="InvalidDataException">The tensors that tell them are missing.</exception>
    public static (int Inputs, int Classes) ExtentsOf(string path, IReadOnlyList<SafeTensor> tensors)
    {
        return (Extents("layers.0.conductance_plus")[0], Extents("layers.0.readout")[1]);

        int[] Extents(string name) =>
            tensors.FirstOrDefault(tensor => tensor.Name == name) is { Shape: [_, _] shape } ? shape : throw SafeTensorsFile.Bad(path, $"has no matrix {name}; expected the state of a network");
    }

    /// <summary>Gives a network the state of a checkpoint; on an error the network is left as it was.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is malformed, or a tensor is missing, unknown or of another shape.</exception>
    public static void Restore(string path, Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Restore(path, SafeTensorsFile.ReadTensors(path), network);
    }

    /// <summary>A network's lasting state: what <see cref="Save"/> writes beside the metadata.</summary>
    public static IReadOnlyList<SafeTensor> Capture(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Tensors(network);
    }

    /// <summary>Gives a network a captured state; on an error the network is left as it was.</summary>
    /// <param name="path">Where the tensors come from, for messages.</param>
    /// <param name="tensors">The state.</param>
    /// <param name="network">The network.</param>
    /// <exception cref="InvalidDataException">A tensor is missing, unknown or of another shape, or holds what no state can be.</exception>
    public static void Restore(string path, IReadOnlyList<SafeTensor> tensors, Network network)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(network);
        Dictionary<string, SafeTensor> saved = tensors.ToDictionary(static tensor => tensor.Name, StringComparer.Ordinal);
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

            CheckValues(path, tensor, network.Options.Variability is { MaximumSpread: 0, MinimumSpread: 0 });
        }

        if (saved.Count != present.Count)
        {
            string unknown = saved.Keys.Except(present.Select(static tensor => tensor.Name)).First();
            throw SafeTensorsFile.Bad(path, $"has a tensor {unknown}, which this network does not");
        }

        foreach (ArenaField field in Lasting(network))
        {
            FieldTensor.Write(saved[field.Name], field, network.Bytes(field));
        }

        foreach (Layer layer in network.Layers)
        {
            layer.RebuildFeedback();
        }
    }

    /// <summary>SHA-256 over names, shapes and elements of all lasting state, in lower-case hexadecimal.</summary>
    /// <remarks>Two networks with the same hash hold the same bits; neither padding nor the order in memory counts.</remarks>
    public static string StateSha256(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Sha256 hash = new();
        foreach (SafeTensor tensor in Tensors(network))
        {
            hash.Append(Encoding.UTF8.GetBytes($"{tensor.Name}:{tensor.Type}[{string.Join(',', tensor.Shape)}]\n"));
            hash.Append(tensor.Data);
        }

        return Convert.ToHexStringLower(hash.Finish());
    }

    private static IEnumerable<ArenaField> Lasting(Network network) => network.Fields.Where(static field => field.Role == FieldRole.Persistent);

    private static List<SafeTensor> Tensors(Network network) => [.. Lasting(network).Select(field => FieldTensor.Read(field, network.Bytes(field)))];

    private static void CheckValues(string path, SafeTensor tensor, bool hasNominalRange)
    {
        if (tensor.Type != SafeTensor.Float32)
        {
            return;
        }

        bool isState = (hasNominalRange && tensor.Name.Contains(".conductance_", StringComparison.Ordinal)) || tensor.Name.Contains(".memory_", StringComparison.Ordinal);
        foreach (float value in Floats(tensor))
        {
            if (!float.IsFinite(value) || (isState && value is < 0f or > 1f))
            {
                throw SafeTensorsFile.Bad(path, $"tensor {tensor.Name} holds {value}; expected {(isState ? "states from 0 to 1" : "finite numbers")}");
            }
        }
    }

    private static ReadOnlySpan<float> Floats(SafeTensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.Data);
}
