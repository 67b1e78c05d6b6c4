using System.Numerics.Tensors;

namespace RramSnn.Model.Periphery;

/// <summary>One line with its devices: the line is connected before device 0, and behind the last one if both-ended.</summary>
/// <remarks>
/// Everything is made of conductances that are added in parallel or put in series with a wire: no differences, so small drops
/// come out as exact as large ones.
/// </remarks>
internal sealed class Ladder
{
    private readonly LineResistance _line;
    private readonly double[] _device;
    private readonly double[] _before;
    private readonly double[] _behind;
    private readonly double[] _total;
    private readonly double[] _shareBefore;
    private readonly double[] _shareBehind;
    private readonly double[] _scratch;

    internal Ladder(LineResistance line, int length)
    {
        _line = line;
        _device = new double[length];
        _before = new double[length];
        _behind = new double[length];
        _total = new double[length];
        _shareBefore = new double[length];
        _shareBehind = new double[length];
        _scratch = new double[length];
    }

    private int Length => _device.Length;

    /// <summary>Takes the conductances of the line's devices.</summary>
    internal void Load(ReadOnlySpan<double> device)
    {
        device.CopyTo(_device);
        if (_line.IsIdeal)
        {
            return;
        }

        // Conductance to ground that a node sees through the wire before (behind) it, while the devices' far ends are grounded.
        _before[0] = 1 / _line.Lead;
        for (int k = 0; k < Length; k++)
        {
            double onThisSide = _before[k] + _device[k];
            _shareBefore[k] = 1 / (1 + (_line.Segment * onThisSide));
            if (k + 1 < Length)
            {
                _before[k + 1] = onThisSide * _shareBefore[k];
            }
        }

        _behind[^1] = _line.IsBothEnded ? 1 / _line.Lead : 0;
        for (int k = Length - 1; k >= 0; k--)
        {
            double onThisSide = _behind[k] + _device[k];
            _shareBehind[k] = 1 / (1 + (_line.Segment * onThisSide));
            _total[k] = _before[k] + onThisSide;
            if (k > 0)
            {
                _behind[k - 1] = onThisSide * _shareBehind[k];
            }
        }
    }

    /// <summary>Adds the admittance matrix that the devices' far ends see, S = D - D T⁻¹ D: diagonal and right of it.</summary>
    internal void AddAdmittance(Span<double> matrix, int stride)
    {
        // Row k of D T⁻¹ is row k + 1 scaled: a potential wanders towards the line's start by the same share whatever lies behind.
        Span<double> row = _scratch;
        for (int k = Length - 1; k >= 0; k--)
        {
            Span<double> destination = matrix.Slice((k * stride) + k, Length - k);
            if (_line.IsIdeal)
            {
                destination[0] += _device[k];
                continue;
            }

            Span<double> later = row[(k + 1)..];
            TensorPrimitives.Multiply(later, _shareBefore[k], later);
            TensorPrimitives.FusedMultiplyAdd(later, -_device[k], destination[1..], destination[1..]);
            destination[0] += _device[k] * ((_before[k] + _behind[k]) / _total[k]);
            row[k] = _device[k] / _total[k];
        }
    }

    /// <summary>Currents through the devices while the line is driven with one volt and their far ends are grounded.</summary>
    internal void DriveCurrents(Span<double> currents)
    {
        if (_line.IsIdeal)
        {
            _device.CopyTo(currents);
            return;
        }

        double potential = _before[0] / _total[0];
        for (int k = 0; k < Length; k++)
        {
            potential *= k == 0 ? 1 : _shareBehind[k];
            currents[k] = _device[k] * potential;
        }

        potential = _behind[^1] / _total[^1];
        for (int k = Length - 1; _line.IsBothEnded && k >= 0; k--)
        {
            potential *= k == Length - 1 ? 1 : _shareBefore[k];
            currents[k] = Math.FusedMultiplyAdd(_device[k], potential, currents[k]);
        }
    }

    /// <summary>Drops along the line, drop = T⁻¹ D voltage, where voltage is across each device and the wire up to it.</summary>
    internal void Drops(ReadOnlySpan<double> voltage, Span<double> drops)
    {
        drops.Clear();
        if (_line.IsIdeal)
        {
            return;
        }

        double current = 0;
        for (int k = 0; k < Length; k++)
        {
            drops[k] = current;
            current = Math.FusedMultiplyAdd(_device[k], voltage[k], current) * _shareBefore[k];
        }

        current = 0;
        for (int k = Length - 1; k >= 0; k--)
        {
            double here = Math.FusedMultiplyAdd(_device[k], voltage[k], current);
            drops[k] = (drops[k] + here) / _total[k];
            current = here * _shareBehind[k];
        }
    }
}
