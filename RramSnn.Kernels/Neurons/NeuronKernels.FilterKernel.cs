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
            ref float synapseTrace = ref SynapseTrace;
            ref float membraneTrace = ref MembraneTrace;
            TLanes membraneDecay = TLanes.Broadcast(Constants.MembraneDecay);
            TLanes membraneInput = TLanes.Broadcast(Constants.MembraneInput);
            TLanes synapseDecay = TLanes.Broadcast(Constants.SynapseDecay);
            TLanes height = TLanes.Broadcast(Constants.SynapseInput);
            nuint words = Words;
            for (nuint word = 0; word < words; word++)
            {
                ulong bits = Unsafe.Add(ref Unsafe.AsRef(in Spikes), word);
                for (nuint k = 0; k < BlockLength; k += (nuint)TLanes.Count)
                {
                    nuint i = (word * BlockLength) + k;
                    TLanes q = TLanes.Load(in synapseTrace, i);
                    TLanes p = TLanes.Load(in membraneTrace, i);
                    TLanes input = height & TLanes.MaskFromBits((uint)(bits >> (int)k));
                    TLanes.Store(FilterLanes.Leak(p, membraneDecay, membraneInput * q), ref membraneTrace, i);
                    TLanes.Store(FilterLanes.Leak(q, synapseDecay, input), ref synapseTrace, i);
                }
            }
        }
    }
}
