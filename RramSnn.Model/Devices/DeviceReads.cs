using RramSnn.Kernels.Random;
using RramSnn.Model.Layers;

namespace RramSnn.Model.Devices;

/// <summary>What an instrument reads of one device after its pulses.</summary>
public sealed class DeviceReads
{
    private readonly SampledDevice _sampled;
    private readonly double _deviation;
    private readonly double _least;
    private readonly RandomStream _stream;
    private readonly float[] _draws = new float[RandomKernels.BlockLength];
    private long _block = -1;

    /// <summary>Names the device.</summary>
    /// <param name="device">Its kind, with the <see cref="DeviceVariability.ReadNoise"/> of a read.</param>
    /// <param name="sampled">The device itself.</param>
    /// <param name="seed">The user's seed.</param>
    /// <param name="index">Number of the device, 0 or more: devices of one seed share no draws.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public DeviceReads(Device device, SampledDevice sampled, ulong seed, long index)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(sampled);
        Require.That(index >= 0, index, "0 or more", nameof(index));
        _sampled = sampled;
        _deviation = device.Variability.ReadNoise * (device.MaximumSiemens - device.MinimumSiemens);
        _least = 1e-3 * device.MinimumSiemens;
        _stream = RandomPurpose.DeviceReads.Stream(seed, (ulong)index);
    }

    /// <summary>G + σ·ξ in siemens, σ = ReadNoise·(Gmax - Gmin) of the kind and ξ a standard normal number per pulse; at least Gmin/1000, since no device conducts backwards.</summary>
    public double Read(PulseResponse response)
    {
        double siemens = _sampled.ToSiemens(response.State);
        if (_deviation == 0)
        {
            return siemens;
        }

        long block = response.Pulse / _draws.Length;
        if (block != _block)
        {
            RandomKernels.Normal<InverseCdfNormal>(_draws, _stream.At((uint)block));
            _block = block;
        }

        return Math.Max(siemens + (_deviation * _draws[response.Pulse % _draws.Length]), _least);
    }
}
