using RramSnn.Model.Layers;

namespace RramSnn.Native.Hosts;

/// <summary>One crossbar with its neurons: a network of one layer, driven operation by operation.</summary>
internal sealed class CrossbarOwner : NetworkOwner
{
    /// <summary>Builds it.</summary>
    /// <param name="options">A network of one layer.</param>
    internal CrossbarOwner(NetworkOptions options)
    {
        Network = new Network(options);
        try
        {
            Stepper = new LayerStepper(Network);
        }
        catch
        {
            Network.Dispose();
            throw;
        }
    }

    internal override Network Network { get; }

    /// <summary>Its operations.</summary>
    internal LayerStepper Stepper { get; }

    public override void Dispose()
    {
        Stepper.Dispose();
        Network.Dispose();
    }

    protected override void Settle() => Stepper.Count();
}
