using System.Buffers.Binary;
using System.Numerics;

namespace RramSnn.Model.Checkpoints;

/// <summary>SHA-256 (FIPS 180-4) in parts.</summary>
/// <remarks>
/// The runtime's own needs the system's OpenSSL, which a library that depends on nothing but libc cannot ask for. Nothing secret is hashed here.
/// </remarks>
internal sealed class Sha256
{
    private const int BlockLength = 64;
    private const int Rounds = 64;

    private static readonly uint[] Constants = FractionsOfRoots(Rounds, Math.Cbrt);

    private readonly uint[] _state = FractionsOfRoots(8, Math.Sqrt);
    private readonly uint[] _schedule = new uint[Rounds];
    private readonly byte[] _block = new byte[BlockLength];
    private long _length;

    /// <summary>Takes more of the message.</summary>
    internal void Append(ReadOnlySpan<byte> data)
    {
        int filled = (int)(_length % BlockLength);
        _length += data.Length;
        if (filled > 0)
        {
            int part = Math.Min(BlockLength - filled, data.Length);
            data[..part].CopyTo(_block.AsSpan(filled));
            data = data[part..];
            if (filled + part < BlockLength)
            {
                return;
            }

            Compress(_block);
        }

        for (; data.Length >= BlockLength; data = data[BlockLength..])
        {
            Compress(data);
        }

        data.CopyTo(_block);
    }

    /// <summary>The hash of the whole message; the object is of no use afterwards.</summary>
    internal byte[] Finish()
    {
        long bits = _length * 8;
        int filled = (int)(_length % BlockLength);
        Span<byte> padding = stackalloc byte[2 * BlockLength];
        padding.Clear();
        padding[0] = 0x80;
        padding = padding[..((filled < BlockLength - 8 ? BlockLength : 2 * BlockLength) - filled)];
        BinaryPrimitives.WriteInt64BigEndian(padding[^8..], bits);
        Append(padding);
        byte[] hash = new byte[4 * _state.Length];
        for (int i = 0; i < _state.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(4 * i), _state[i]);
        }

        return hash;
    }

    private void Compress(ReadOnlySpan<byte> block)
    {
        uint[] w = _schedule;
        for (int t = 0; t < 16; t++)
        {
            w[t] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * t)..]);
        }

        for (int t = 16; t < Rounds; t++)
        {
            uint s0 = BitOperations.RotateRight(w[t - 15], 7) ^ BitOperations.RotateRight(w[t - 15], 18) ^ (w[t - 15] >> 3);
            uint s1 = BitOperations.RotateRight(w[t - 2], 17) ^ BitOperations.RotateRight(w[t - 2], 19) ^ (w[t - 2] >> 10);
            w[t] = unchecked(w[t - 16] + s0 + w[t - 7] + s1);
        }

        (uint a, uint b, uint c, uint d) = (_state[0], _state[1], _state[2], _state[3]);
        (uint e, uint f, uint g, uint h) = (_state[4], _state[5], _state[6], _state[7]);
        for (int t = 0; t < Rounds; t++)
        {
            uint sum1 = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);
            uint sum0 = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);
            uint t1 = unchecked(h + sum1 + ((e & f) ^ (~e & g)) + Constants[t] + w[t]);
            uint t2 = unchecked(sum0 + ((a & b) ^ (a & c) ^ (b & c)));
            (h, g, f, e, d, c, b, a) = (g, f, e, unchecked(d + t1), c, b, a, unchecked(t1 + t2));
        }

        Add(0, a, b, c, d);
        Add(4, e, f, g, h);
    }

    private void Add(int first, uint a, uint b, uint c, uint d)
    {
        _state[first] = unchecked(_state[first] + a);
        _state[first + 1] = unchecked(_state[first + 1] + b);
        _state[first + 2] = unchecked(_state[first + 2] + c);
        _state[first + 3] = unchecked(_state[first + 3] + d);
    }

    /// <summary>The first 32 bits of the fractions of the roots of the first primes, which is how the standard defines its constants.</summary>
    private static uint[] FractionsOfRoots(int count, Func<double, double> root)
    {
        uint[] fractions = new uint[count];
        int prime = 2;
        for (int i = 0; i < count; prime++)
        {
            if (IsPrime(prime))
            {
                double value = root(prime);
                fractions[i++] = (uint)((value - Math.Floor(value)) * 4294967296.0);
            }
        }

        return fractions;
    }

    private static bool IsPrime(int number)
    {
        for (int divisor = 2; divisor * divisor <= number; divisor++)
        {
            if (number % divisor == 0)
            {
                return false;
            }
        }

        return true;
    }
}
