namespace RramSnn.Model.Crossbars;

/// <summary>How devices make one signed weight w in [-W, W], with W the weight range.</summary>
public enum SynapseCell
{
    /// <summary>Two devices: w = W·(u⁺ - u⁻).</summary>
    Pair,

    /// <summary>One device against a fixed reference in the middle of the range: w = 2W·(u - ½).</summary>
    Reference,
}
