using RramSnn.Kernels.Crossbar;

namespace RramSnn.Model.Periphery;

/// <summary>States of devices as they look from the ends of an array's wires: u_eff = G_eff/(Gmax - Gmin) - offset.</summary>
/// <remarks>
/// Used in place of the states, they make a product without wires give the currents of the arrays with wires. They may be negative. They
/// hold as long as the states do: writes change them.
/// </remarks>
public sealed class WiredStates : IDisposable
{
    private readonly WireResistance _wires;
    private readonly WireAttenuation _attenuation;
    private readonly float[] _conductances;
    private readonly float[] _factors;
    private readonly float _smallest;
    private readonly float _range;

    /// <summary>Prepares for a layer.</summary>
    /// <param name="grid">How the layer is cut into arrays.</param>
    /// <param name="wires">Resistances of each array.</param>
    /// <param name="minConductance">Gmin in siemens, 0 or more.</param>
    /// <param name="maxConductance">Gmax in siemens, above Gmin.</param>
    /// <param name="sweeps">Sweeps of the estimate, see <see cref="WireAttenuation"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A conductance or the number of sweeps is out of range.</exception>
    public WiredStates(TileGrid grid, WireResistance wires, double minConductance, double maxConductance, int sweeps = WireAttenuation.DefaultSweeps)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(wires);
        Require.That(minConductance is >= 0 and <= 1e6, minConductance, "0 to 1e6 siemens", nameof(minConductance));
        Require.That(maxConductance > minConductance && maxConductance <= 1e6, maxConductance, "more than Gmin, up to 1e6 siemens", nameof(maxConductance));
        Tile largest = grid[0, 0];
        (Grid, _wires) = (grid, wires);
        _attenuation = new WireAttenuation(largest.Rows, largest.Columns, wires, sweeps);
        _conductances = new float[largest.Rows * largest.Columns];
        _factors = new float[_conductances.Length];
        _smallest = (float)minConductance;
        _range = (float)(maxConductance - minConductance);
        Offset = (float)(minConductance / (maxConductance - minConductance));
    }

    /// <summary>How the layer is cut into arrays.</summary>
    public TileGrid Grid { get; }

    /// <summary>Gmin/(Gmax - Gmin), for <see cref="PeripheryOptions.Offset"/>.</summary>
    public float Offset { get; }

    /// <summary>Effective states by the estimate of <see cref="WireAttenuation"/>; allocates nothing.</summary>
    /// <param name="states">Normalised states of the layer, in the order of <see cref="CrossbarLayout"/>.</param>
    /// <param name="effective">Receives the effective states in the same order; padding becomes 0.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Estimate(ReadOnlySpan<float> states, Span<float> effective) => ForEachTile(states, effective, WireModel.Quick);

    /// <summary>Effective states by <see cref="NodalSolver"/>, exact but for the rounding to float.</summary>
    /// <param name="states">Normalised states of the layer, in the order of <see cref="CrossbarLayout"/>.</param>
    /// <param name="effective">Receives the effective states in the same order; padding becomes 0.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Solve(ReadOnlySpan<float> states, Span<float> effective) => ForEachTile(states, effective, WireModel.Exact);

    /// <inheritdoc/>
    public void Dispose() => _attenuation.Dispose();

    /// <summary>Shares f = G_eff/G that the wires of one array leave of its devices; padding is left alone.</summary>
    /// <remarks>They change far more slowly than the states do: f of a while ago with the present states is a good estimate.</remarks>
    internal void Attenuate(Tile tile, ReadOnlySpan<float> states, Span<float> attenuations, WireModel model)
    {
        Gather(tile, states);
        Span<float> factors = _factors.AsSpan(0, tile.Rows * tile.Columns);
        if (model == WireModel.Quick)
        {
            _attenuation.Compute(_conductances.AsSpan(0, factors.Length), tile.Rows, tile.Columns, factors);
        }
        else
        {
            ReadOnlySpan<double> effective = Effective(tile);
            for (int cell = 0; cell < factors.Length; cell++)
            {
                factors[cell] = _conductances[cell] > 0 ? (float)(effective[cell] / _conductances[cell]) : 1f;
            }
        }

        factors.CopyTo(_conductances);
        Scatter(tile, attenuations, smallest: 0f, range: 1f);
    }

    private void ForEachTile(ReadOnlySpan<float> states, Span<float> effective, WireModel model)
    {
        RequireExtent.Length(states.Length, Grid.Layout.Length, nameof(states));
        RequireExtent.Length(effective.Length, Grid.Layout.Length, nameof(effective));
        ClearPadding(effective);
        for (int index = 0; index < Grid.RowTiles * Grid.ColumnTiles; index++)
        {
            Tile tile = Grid[index / Grid.ColumnTiles, index % Grid.ColumnTiles];
            Gather(tile, states);
            if (model == WireModel.Exact)
            {
                SolveTile(tile);
            }
            else
            {
                EstimateTile(tile);
            }

            Scatter(tile, effective, _smallest, _range);
        }
    }

    private void EstimateTile(Tile tile)
    {
        int cells = tile.Rows * tile.Columns;
        Span<float> conductances = _conductances.AsSpan(0, cells);
        Span<float> factors = _factors.AsSpan(0, cells);
        _attenuation.Compute(conductances, tile.Rows, tile.Columns, factors);
        for (int cell = 0; cell < cells; cell++)
        {
            conductances[cell] *= factors[cell];
        }
    }

    private void SolveTile(Tile tile)
    {
        ReadOnlySpan<double> effective = Effective(tile);
        for (int cell = 0; cell < effective.Length; cell++)
        {
            _conductances[cell] = (float)effective[cell];
        }
    }

    private ReadOnlySpan<double> Effective(Tile tile)
    {
        double[] conductances = new double[tile.Rows * tile.Columns];
        for (int cell = 0; cell < conductances.Length; cell++)
        {
            conductances[cell] = _conductances[cell];
        }

        return NodalSolver.Factorise(conductances, tile.Rows, tile.Columns, _wires).EffectiveConductances;
    }

    private void Gather(Tile tile, ReadOnlySpan<float> states)
    {
        for (int row = 0; row < tile.Rows; row++)
        {
            Span<float> destination = _conductances.AsSpan(row * tile.Columns, tile.Columns);
            for (int column = 0; column < tile.Columns; column += TileGrid.SmallestArray)
            {
                int width = Math.Min(TileGrid.SmallestArray, tile.Columns - column);
                int first = Grid.Layout.IndexOf(tile.FirstRow + row, tile.FirstColumn + column);
                for (int k = 0; k < width; k++)
                {
                    // A device whose own Gmin is 0 S may come out a rounding below.
                    destination[column + k] = MathF.Max(_smallest + (_range * states[first + k]), 0f);
                }
            }
        }
    }

    private void Scatter(Tile tile, Span<float> effective, float smallest, float range)
    {
        for (int row = 0; row < tile.Rows; row++)
        {
            ReadOnlySpan<float> source = _conductances.AsSpan(row * tile.Columns, tile.Columns);
            for (int column = 0; column < tile.Columns; column += TileGrid.SmallestArray)
            {
                int width = Math.Min(TileGrid.SmallestArray, tile.Columns - column);
                int first = Grid.Layout.IndexOf(tile.FirstRow + row, tile.FirstColumn + column);
                for (int k = 0; k < width; k++)
                {
                    effective[first + k] = (source[column + k] - smallest) / range;
                }
            }
        }
    }

    private void ClearPadding(Span<float> effective)
    {
        CrossbarLayout layout = Grid.Layout;
        int used = layout.Columns - ((layout.PanelCount - 1) * CrossbarLayout.PanelWidth);
        for (int row = 0; row < layout.Rows; row++)
        {
            int panelRow = ((layout.PanelCount - 1) * layout.PanelLength) + (row * CrossbarLayout.PanelWidth);
            effective.Slice(panelRow + used, CrossbarLayout.PanelWidth - used).Clear();
        }
    }
}
