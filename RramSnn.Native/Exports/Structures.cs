using System.Runtime.InteropServices;

namespace RramSnn.Native.Exports;

/// <summary><c>rramsnn_view</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct View
{
    internal const int MostDimensions = 4;

    internal void* Data;
    internal int ElementType;
    internal int IsPersistent;
    internal int Dimensions;
    internal int LogicalDimensions;
    internal fixed long Shape[MostDimensions];
    internal fixed long Strides[MostDimensions];
    internal fixed long LogicalShape[MostDimensions];
}

/// <summary><c>rramsnn_crossbar_options</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CrossbarOptions
{
    internal const int MethodLength = 32;

    internal uint StructSize;
    internal int Rows;
    internal int Columns;
    internal int Cell;
    internal int Pulses;
    internal int HasDeviceVariability;
    internal ulong Seed;
    internal double WeightRange;
    internal float InitialWeightScale;
    internal float MembraneDecay;
    internal float SynapseDecay;
    internal float ResetDecay;
    internal float ResetStrength;
    internal float Gain;
    internal float Threshold;
    internal float SurrogateHalfWidth;
    internal unsafe fixed byte Method[MethodLength];
}

/// <summary><c>rramsnn_crossbar_info</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CrossbarInfo
{
    internal int Rows;
    internal int Columns;
    internal int InputWords;
    internal int OutputWords;
    internal int FieldCount;
    internal float WeightRange;
    internal float WeightPerState;
    internal float RestState;
    internal ulong Seed;
    internal ulong Time;
    internal double PulseTotal;
    internal long WriteTotal;
    internal long ReadTotal;
    internal long DeviceCount;
    internal long ByteLength;
}

/// <summary><c>rramsnn_network_info</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NetworkInfo
{
    internal int Inputs;
    internal int Classes;
    internal int Layers;
    internal int Steps;
    internal int BurnIn;
    internal int Workers;
    internal int InputWords;
    internal int OutputNeurons;
    internal int OutputWords;
    internal int FieldCount;
    internal ulong Seed;
    internal long Position;
    internal long TotalSamples;
    internal double LearningRate;
    internal double PulseTotal;
    internal long WriteTotal;
    internal long ReadTotal;
    internal long DeviceCount;
    internal long ByteLength;
}
