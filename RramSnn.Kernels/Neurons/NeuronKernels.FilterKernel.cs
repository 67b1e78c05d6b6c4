using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Neurons;

public static partial class NeuronKernels
{
    internal ref struct FilterKernel : IVectorKernel
    {
        internal NeuronConstants Constants;
        internal ref readonly ulong Spikes;
        internal nuint Words;
        internal ref float SynapseTrace;
        internal ref float MembraneTrace;

        public readonly void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            TLanes membraneInput = TLanes.Broadcast(Constants.MembraneInput);
            TLanes height = TLanes.Broadcast(Constants.SynapseInput);
            for (nuint word = 0; word < Words; word++)
            {
                ulong bits = Unsafe.Add(ref Unsafe.AsRef(in Spikes), word);
                for (nuint k = 0; k < BlockLength; k += (nuint)TLanes.Count)
                {
                    nuint i = (word * BlockLength) + k;
                    TLanes q = TLanes.Load(in SynapseTrace, i);
                    TLanes p = TLanes.Load(in MembraneTrace, i);
                    TLanes input = height & TLanes.MaskFromBits((uint)(bits >> (int)k));
                    TLanes.Store(FilterLanes.Leak(p, Constants.MembraneDecay, membraneInput * q), ref MembraneTrace, i);
                    TLanes.Store(FilterLanes.Leak(q, Constants.SynapseDecay, input), ref SynapseTrace, i);
                }
            }
        }
    }
}
