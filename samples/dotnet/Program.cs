// A crossbar of memristors and its neurons inside a loop of our own: the neurons fire at a wished rate, whatever comes in.
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;

NetworkOptions options = new()
{
    Inputs = 256,
    Hidden = [100],
    Classes = 2,
    Steps = 1,
    BurnIn = 0,
    Device = DevicePresets.Get("tiox-3v"),
    Method = UpdateMethods.Get("balanced-pair"),
    WeightRange = 4,
    Seed = 1,
};
using Network network = new(options);
using LayerStepper layer = new(network);
ulong[] spikes = new ulong[layer.InputWords];
float[] wish = new float[layer.Neurons];
float[] rate = new float[layer.Neurons];
Random random = new(1);
const float Wished = 0.1f;

long allocated = 0;
for (int step = 0; step < 5000; step++)
{
    for (int word = 0; word < spikes.Length; word++)
    {
        spikes[word] = (ulong)random.NextInt64() & (ulong)random.NextInt64() & (ulong)random.NextInt64();
    }

    layer.AccumulateSpikes(spikes);
    layer.Step();
    layer.Filter(spikes);
    for (int j = 0; j < rate.Length; j++)
    {
        float fired = layer.Spikes[j / 64] >> (j % 64) & 1;
        rate[j] += 0.01f * (fired - rate[j]);
        wish[j] = 0.002f * (Wished - rate[j]);
    }

    layer.Update(trace: default, wish);
    allocated = step == 0 ? GC.GetAllocatedBytesForCurrentThread() : allocated;
}

allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
Console.WriteLine($"mean rate {rate.Average():F3}, wished {Wished}; {allocated} bytes allocated in the loop");
layer.Count();
Console.WriteLine($"{network.WriteTotal} writes, state_sha256 {RramSnn.Model.Checkpoints.Checkpoint.StateSha256(network)}");

// The smallest object has 24 bytes: one per step would show. The runtime itself may make a few of its own at any time.
return Math.Abs(rate.Average() - Wished) < 0.03f && allocated < 24 * 4999 ? 0 : 1;
