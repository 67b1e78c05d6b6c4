using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Neurons;

public static partial class NeuronKernels
{
    internal ref struct StepKernel : IVectorKernel
    {
        internal NeuronConstants Constants;
        internal float CurrentScale;
        internal ref readonly float Current;
        internal ref float SynapseFilter;
        internal ref float MembraneFilter;
        internal ref float ResetTrace;
        internal ref float Membrane;
        internal ref ulong Spikes;
        internal nuint Words;

        public readonly void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            TLanes membraneInput = TLanes.Broadcast(Constants.MembraneInput);
            TLanes currentScale = TLanes.Broadcast(CurrentScale);
            TLanes threshold = TLanes.Broadcast(Constants.Threshold);
            TLanes resetStep = TLanes.Broadcast(-Constants.ResetInput);
            for (nuint word = 0; word < Words; word++)
            {
                ulong spikes = 0;
                for (nuint k = 0; k < BlockLength; k += (nuint)TLanes.Count)
                {
                    nuint i = (word * BlockLength) + k;
                    TLanes x = TLanes.Load(in SynapseFilter, i);
                    TLanes r = TLanes.Load(in ResetTrace, i);
                    TLanes v = FilterLanes.Leak(TLanes.Load(in MembraneFilter, i), Constants.MembraneDecay, membraneInput * x);
                    x = FilterLanes.Leak(x, Constants.SynapseDecay, currentScale * TLanes.Load(in Current, i));
                    TLanes u = v + r;
                    TLanes fires = TLanes.GreaterThan(u, threshold);
                    TLanes.Store(x, ref SynapseFilter, i);
                    TLanes.Store(v, ref MembraneFilter, i);
                    TLanes.Store(FilterLanes.Leak(r, Constants.ResetDecay, resetStep & fires), ref ResetTrace, i);
                    TLanes.Store(u, ref Membrane, i);
                    spikes |= (ulong)TLanes.BitsFromMask(fires) << (int)k;
                }

                Unsafe.Add(ref Spikes, word) = spikes;
            }
        }
    }
}
