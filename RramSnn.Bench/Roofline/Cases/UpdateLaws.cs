using System.Numerics.Tensors;
using RramSnn.Bench.Roofline.Rivals;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>The ideal device: u ← clamp(u + step · pulses, 0, 1).</summary>
internal readonly struct IdealLinearLaw(ConstantStep device) : IUpdateLaw<ConstantStep>
{
    private readonly float _step = (float)device.PotentiationStep;

    // One fused step, minimum and maximum.
    public static int Flops => 4;

    public static void Twin(ref float state, ActiveRows active, int columns, in float constants) => CppTwin.UpdateIdealLinear(
        ref state, in active.Rows[0], in active.Values[0], active.Count, active.RowCount, columns, in constants);

    public ConstantStep Device { get; } = device;

    public double Decrease => 1;

    public float Next(float state, float pulses) => Math.Clamp(state + (_step * pulses), 0f, 1f);

    public ColumnConstants Column(double pulses) => new(Device.PotentiationStep * pulses);

    public void TensorRow(Span<float> row, float trace, ColumnVectors columns, Span<float> scratch, Span<float> moreScratch)
    {
        TensorPrimitives.MultiplyAdd(columns.Rate, trace, row, row);
        TensorPrimitives.Clamp(row, 0f, 1f, row);
    }
}

/// <summary>Soft bounds, exact for any pulse count: u ← u + (T - u)(1 - exp(-rate · pulses)).</summary>
internal readonly struct SoftBoundsLaw(SoftBounds device) : IUpdateLaw<SoftBounds>
{
    private readonly float _potentiation = (float)device.PotentiationRate;
    private readonly float _depression = (float)device.DepressionRate;

    // y = rate·trace, two fused steps, y·p, T - u, one fused step.
    public static int Flops => 9;

    public static void Twin(ref float state, ActiveRows active, int columns, in float constants) => CppTwin.UpdateSoftBounds(
        ref state, in active.Rows[0], in active.Values[0], active.Count, active.RowCount, columns, in constants);

    public SoftBounds Device { get; } = device;

    public double Decrease => Device.PotentiationRate / Device.DepressionRate;

    public float Next(float state, float pulses) => pulses >= 0
        ? state + ((1f - state) * (1f - MathF.Exp(-_potentiation * pulses)))
        : state * MathF.Exp(_depression * pulses);

    public ColumnConstants Column(double pulses) => pulses >= 0
        ? new(Device.PotentiationRate * pulses / Math.Log(2), Target: 1)
        : new(-Device.DepressionRate * pulses / Math.Log(2));

    public void TensorRow(Span<float> row, float trace, ColumnVectors columns, Span<float> scratch, Span<float> moreScratch)
    {
        // u ← T - (T - u)·2^(-rate·trace): one multiplication less than the form with 1 - 2^(-y).
        TensorPrimitives.Multiply(columns.Rate, -trace, scratch);
        TensorPrimitives.Exp2(scratch, scratch);
        TensorPrimitives.Subtract(row, columns.Target, moreScratch);
        TensorPrimitives.MultiplyAdd(moreScratch, scratch, columns.Target, row);
    }
}

/// <summary>Steps that shrink exponentially: v ← v + log(1 + α β pulses exp(-β v))/β for the distance v from the start of the branch.</summary>
internal readonly struct ExponentialLaw(Exponential device) : IUpdateLaw<Exponential>
{
    private readonly float _potentiation = (float)(device.PotentiationStep * device.PotentiationDamping);
    private readonly float _potentiationDamping = (float)device.PotentiationDamping;
    private readonly float _depression = (float)(device.DepressionStep * device.DepressionDamping);
    private readonly float _depressionDamping = (float)device.DepressionDamping;

    // Exponent 2; 2^x: rounding 3, square 1, four fused steps 8; z 2; two fused steps 4; minimum and maximum 2. The rows of a band share scale times coefficients.
    public static int Flops => 22;

    public static void Twin(ref float state, ActiveRows active, int columns, in float constants) => CppTwin.UpdateExponential(
        ref state, in active.Rows[0], in active.Values[0], active.Count, active.RowCount, columns, in constants);

    public Exponential Device { get; } = device;

    public double Decrease => Device.PotentiationStep / Device.DepressionStep;

    public float Next(float state, float pulses)
    {
        float next = pulses >= 0
            ? state + (MathF.Log(1f + (_potentiation * pulses * MathF.Exp(-_potentiationDamping * state))) / _potentiationDamping)
            : state - (MathF.Log(1f - (_depression * pulses * MathF.Exp(-_depressionDamping * (1f - state)))) / _depressionDamping);
        return Math.Clamp(next, 0f, 1f);
    }

    public ColumnConstants Column(double pulses)
    {
        double perLog2 = 1 / Math.Log(2);
        return pulses >= 0
            ? new(_potentiation * pulses, Target: 0, -Device.PotentiationDamping * perLog2, 1 / Device.PotentiationDamping)
            : new(-_depression * pulses, -Device.DepressionDamping * perLog2, Device.DepressionDamping * perLog2, -1 / Device.DepressionDamping);
    }

    public void TensorRow(Span<float> row, float trace, ColumnVectors columns, Span<float> scratch, Span<float> moreScratch)
    {
        // Quicker than the logarithm of one plus z: small z need two terms of its series, z - z²/2.
        TensorPrimitives.MultiplyAdd(row, columns.Slope, columns.Target, scratch);
        TensorPrimitives.Exp2(scratch, scratch);
        TensorPrimitives.Multiply(scratch, columns.Rate, scratch);
        TensorPrimitives.Multiply(scratch, trace, scratch);
        TensorPrimitives.Multiply(scratch, -0.5f, moreScratch);
        TensorPrimitives.MultiplyAdd(moreScratch, scratch, scratch, scratch);
        TensorPrimitives.MultiplyAdd(scratch, columns.Scale, row, row);
        TensorPrimitives.Clamp(row, 0f, 1f, row);
    }
}
