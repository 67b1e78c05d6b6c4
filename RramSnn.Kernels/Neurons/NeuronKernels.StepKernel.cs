using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Neurons;

public static partial class NeuronKernels
{
    internal ref struct StepKernel<TSink> : IVectorKernel
        where TSink : struct, IMembraneSink, allows ref struct
    {
        internal NeuronConstants Constants;
        internal BoxSurrogate Box;
        internal float CurrentScale;
        internal ref readonly float Current;
        internal ref float SynapseFilter;
        internal ref float MembraneFilter;
        internal ref float ResetTrace;
        internal TSink Membrane;
        internal ref ulong Spikes;
        internal ref ulong Surrogate;
        internal nuint Words;

        public readonly void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            // Locals, because the JIT would read fields again after every store.
            ref readonly float current = ref Current;
            ref float synapse = ref SynapseFilter;
            ref float membrane = ref MembraneFilter;
            ref float reset = ref ResetTrace;
            ref ulong spikeWords = ref Spikes;
            ref ulong surrogateWords = ref Surrogate;
            TSink sink = Membrane;
            TLanes membraneDecay = TLanes.Broadcast(Constants.MembraneDecay);
            TLanes membraneInput = TLanes.Broadcast(Constants.MembraneInput);
            TLanes synapseDecay = TLanes.Broadcast(Constants.SynapseDecay);
            TLanes currentScale = TLanes.Broadcast(CurrentScale);
            TLanes resetDecay = TLanes.Broadcast(Constants.ResetDecay);
            TLanes resetStep = TLanes.Broadcast(-Constants.ResetInput);
            TLanes threshold = TLanes.Broadcast(Constants.Threshold);
            TLanes halfWidth = TLanes.Broadcast(Box.HalfWidth);
            nuint count = (nuint)TLanes.Count;
            nuint words = Words;
            for (nuint word = 0; word < words; word++)
            {
                ulong spikes = 0;
                ulong surrogate = 0;
                for (nuint k = 0; k < BlockLength; k += 4 * count)
                {
                    // A neuron is one long chain of operations. Four bundles side by side, half a step at a time, keep the
                    // processor's window full of work that can start at once.
                    nuint i = (word * BlockLength) + k;
                    TLanes v0 = Filter(membraneDecay, membraneInput, synapseDecay, currentScale, in current, ref synapse, ref membrane, i);
                    TLanes v1 = Filter(membraneDecay, membraneInput, synapseDecay, currentScale, in current, ref synapse, ref membrane, i + count);
                    TLanes v2 = Filter(membraneDecay, membraneInput, synapseDecay, currentScale, in current, ref synapse, ref membrane, i + (2 * count));
                    TLanes v3 = Filter(membraneDecay, membraneInput, synapseDecay, currentScale, in current, ref synapse, ref membrane, i + (3 * count));
                    Fire(v0, resetDecay, resetStep, threshold, halfWidth, ref reset, sink, i, (int)k, ref spikes, ref surrogate);
                    Fire(v1, resetDecay, resetStep, threshold, halfWidth, ref reset, sink, i + count, (int)(k + count), ref spikes, ref surrogate);
                    Fire(v2, resetDecay, resetStep, threshold, halfWidth, ref reset, sink, i + (2 * count), (int)(k + (2 * count)), ref spikes, ref surrogate);
                    Fire(v3, resetDecay, resetStep, threshold, halfWidth, ref reset, sink, i + (3 * count), (int)(k + (3 * count)), ref spikes, ref surrogate);
                }

                Unsafe.Add(ref spikeWords, word) = spikes;
                Unsafe.Add(ref surrogateWords, word) = surrogate;
            }
        }

        /// <summary>V and X of one bundle; returns V.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TLanes Filter<TLanes>(
            TLanes membraneDecay,
            TLanes membraneInput,
            TLanes synapseDecay,
            TLanes currentScale,
            ref readonly float current,
            ref float synapse,
            ref float membrane,
            nuint i)
            where TLanes : struct, ILanes<TLanes>
        {
            TLanes x = TLanes.Load(in synapse, i);
            TLanes v = FilterLanes.Leak(TLanes.Load(in membrane, i), membraneDecay, membraneInput * x);
            TLanes.Store(v, ref membrane, i);
            TLanes.Store(FilterLanes.Leak(x, synapseDecay, currentScale * TLanes.Load(in current, i)), ref synapse, i);
            return v;
        }

        /// <summary>U, S, σ′ and R of one bundle.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Fire<TLanes>(
            TLanes v,
            TLanes resetDecay,
            TLanes resetStep,
            TLanes threshold,
            TLanes halfWidth,
            ref float reset,
            TSink sink,
            nuint i,
            int shift,
            ref ulong spikes,
            ref ulong surrogate)
            where TLanes : struct, ILanes<TLanes>
        {
            TLanes r = TLanes.Load(in reset, i);
            TLanes u = v + r;
            TLanes lowering = TLanes.KeepWhereGreater(u, threshold, resetStep, out uint fires);
            sink.Take(u, i);
            TLanes.Store(FilterLanes.Leak(r, resetDecay, lowering), ref reset, i);
            Append<TLanes>(ref spikes, fires, shift);
            Append<TLanes>(ref surrogate, TLanes.BitsFromMask(BoxSurrogate.Inside(u - threshold, halfWidth)), shift);
        }

        /// <summary>Bits of the bundle at a shift, whose turn comes after all lower ones: once the word is full each has reached its place.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Append<TLanes>(ref ulong word, uint bits, int shift)
            where TLanes : struct, ILanes<TLanes> =>
            word = TLanes.Count >= 16
                ? word | ((ulong)bits << shift)
                : (word >>> TLanes.Count) | ((ulong)bits << (BlockLength - TLanes.Count));
    }
}
