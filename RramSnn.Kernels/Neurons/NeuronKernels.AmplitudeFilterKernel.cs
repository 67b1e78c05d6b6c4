using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Neurons;

public static partial class NeuronKernels
{
    internal ref struct AmplitudeFilterKernel : IVectorKernel
    {
        internal NeuronConstants Constants;
        internal ref readonly float Amplitudes;
        internal nuint Length;
        internal ref float SynapseTrace;
        internal ref float MembraneTrace;

        public readonly void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            ref readonly float amplitudes = ref Amplitudes;
            ref float synapseTrace = ref SynapseTrace;
            ref float membraneTrace = ref MembraneTrace;
            TLanes membraneDecay = TLanes.Broadcast(Constants.MembraneDecay);
            TLanes membraneInput = TLanes.Broadcast(Constants.MembraneInput);
            TLanes synapseDecay = TLanes.Broadcast(Constants.SynapseDecay);
            TLanes height = TLanes.Broadcast(Constants.SynapseInput);
            for (nuint i = 0; i < Length; i += (nuint)TLanes.Count)
            {
                TLanes q = TLanes.Load(in synapseTrace, i);
                TLanes p = TLanes.Load(in membraneTrace, i);
                TLanes input = height * TLanes.Load(in amplitudes, i);
                TLanes.Store(FilterLanes.Leak(p, membraneDecay, membraneInput * q), ref membraneTrace, i);
                TLanes.Store(FilterLanes.Leak(q, synapseDecay, input), ref synapseTrace, i);
            }
        }
    }
}
