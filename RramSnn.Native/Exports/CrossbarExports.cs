using System.Runtime.InteropServices;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Native.Boundary;
using RramSnn.Native.Hosts;

namespace RramSnn.Native.Exports;

/// <summary>Functions <c>rramsnn_crossbar_*</c> that make, look at and keep crossbars; documented in rramsnn.h.</summary>
internal static unsafe class CrossbarExports
{
    [UnmanagedCallersOnly(EntryPoint = "rramsnn_crossbar_options_init")]
    internal static int InitialiseOptions(CrossbarOptions* options)
    {
        try
        {
            CrossbarSettings.Initialise(ref Foreign.Result(options, nameof(options)));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_crossbar_create")]
    internal static int Create(CrossbarOptions* options, nuint device, nuint* crossbar)
    {
        try
        {
            ref nuint result = ref Foreign.Result(crossbar, nameof(crossbar));
            result = 0;
            ref CrossbarOptions wanted = ref Foreign.Result(options, nameof(options));
            CrossbarOwner owner = new(CrossbarSettings.Read(in wanted, HandleTable.Read<Device>(device)));
            StateCalls<CrossbarOwner>.Add(owner, ref result);
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_crossbar_free")]
    internal static int Free(nuint crossbar) =>
        StateCalls<CrossbarOwner>.Free(crossbar);

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_crossbar_get_info")]
    internal static int GetInfo(nuint crossbar, CrossbarInfo* info)
    {
        try
        {
            using Lease<CrossbarOwner> lease = HandleTable.Take<CrossbarOwner>(crossbar);

            ref CrossbarInfo result = ref Foreign.Result(info, nameof(info));
            LayerStepper stepper = lease.Target.Stepper;
            Network network = lease.Target.Network;
            result = new CrossbarInfo
            {
                Rows = stepper.Inputs,
                Columns = stepper.Neurons,
                InputWords = stepper.InputWords,
                OutputWords = stepper.NeuronWords,
                FieldCount = network.Fields.Count,
                WeightRange = network.Layers[0].Crossbar.WeightRange,
                WeightPerState = stepper.WeightPerState,
                RestState = network.Layers[0].Crossbar.Rest,
                Seed = network.Options.Seed,
                Time = stepper.Time,
                PulseTotal = stepper.PulseTotal,
                WriteTotal = stepper.WriteTotal,
                ReadTotal = stepper.ReadTotal,
                DeviceCount = network.DeviceCount,
                ByteLength = network.ByteLength,
            };
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_crossbar_view")]
    internal static int GetView(nuint crossbar, byte* name, View* view) =>
        StateCalls<CrossbarOwner>.GetView(crossbar, name, view);

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_crossbar_field_name")]
    internal static int FieldName(nuint crossbar, int index, byte* buffer, nuint capacity, nuint* needed) =>
        StateCalls<CrossbarOwner>.FieldName(crossbar, index, buffer, capacity, needed);

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_crossbar_state_sha256")]
    internal static int StateSha256(nuint crossbar, byte* buffer, nuint capacity) =>
        StateCalls<CrossbarOwner>.StateSha256(crossbar, buffer, capacity);

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_crossbar_save")]
    internal static int Save(nuint crossbar, byte* path) =>
        StateCalls<CrossbarOwner>.Save(crossbar, path);

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_crossbar_load")]
    internal static int Load(nuint crossbar, byte* path) =>
        StateCalls<CrossbarOwner>.Load(crossbar, path);
}
