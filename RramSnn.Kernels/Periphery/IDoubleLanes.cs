namespace RramSnn.Kernels.Periphery;

/// <summary>A bundle of doubles: as much of <see cref="Simd.ILanes{TSelf}"/> as the elimination of a network needs.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <remarks>Every operation acts on each lane alone, so a lane holds the same bits on every width.</remarks>
internal interface IDoubleLanes<TSelf>
    where TSelf : struct, IDoubleLanes<TSelf>
{
    /// <summary>Number of lanes; divides <see cref="NodalKernels.ColumnBlock"/>.</summary>
    static abstract int Count { get; }

    /// <summary>Reads <see cref="Count"/> elements that start <paramref name="offset"/> elements after <paramref name="source"/>.</summary>
    static abstract TSelf Load(ref readonly double source, nuint offset);

    /// <summary>Writes <see cref="Count"/> elements that start <paramref name="offset"/> elements after <paramref name="destination"/>.</summary>
    static abstract void Store(TSelf lanes, ref double destination, nuint offset);

    /// <summary>The same number in every lane.</summary>
    static abstract TSelf Broadcast(double value);

    /// <summary>a · b, rounded once.</summary>
    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>a · b + c, rounded once.</summary>
    static abstract TSelf FusedMultiplyAdd(TSelf a, TSelf b, TSelf c);
}

/// <summary>A kernel over doubles with its operands bound.</summary>
internal interface IDoubleKernel
{
    /// <summary>Runs the kernel with bundles of type <typeparamref name="TLanes"/>.</summary>
    void Run<TLanes>()
        where TLanes : struct, IDoubleLanes<TLanes>;
}
