using RramSnn.Kernels.Crossbar;

namespace RramSnn.Model.Crossbars;

/// <summary>Cells that lie together: whole panels, or one row of one panel.</summary>
/// <param name="FirstCell">Place of the first one in the stored matrix.</param>
/// <param name="Length">Number of cells.</param>
/// <param name="FirstRow">Row of the first one.</param>
/// <param name="FirstPanel">Panel of the first one.</param>
internal readonly record struct CellRun(int FirstCell, int Length, int FirstRow, int FirstPanel)
{
    internal static CellRun OfPanels(PanelRange panels, CrossbarLayout layout) =>
        new(panels.First * layout.PanelLength, panels.Count * layout.PanelLength, 0, panels.First);

    internal static CellRun OfRow(int panel, int row, CrossbarLayout layout) =>
        new((panel * layout.PanelLength) + (row * CrossbarLayout.PanelWidth), CrossbarLayout.PanelWidth, row, panel);

    /// <summary>The run's part of a stored matrix.</summary>
    internal Span<float> Of(Span<float> stored) => stored.Slice(FirstCell, Length);
}
