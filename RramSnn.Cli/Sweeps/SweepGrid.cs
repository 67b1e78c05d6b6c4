using System.Globalization;
using RramSnn.Cli.Studies;
using RramSnn.Model.Devices;

namespace RramSnn.Cli.Sweeps;

/// <summary>A point of a sweep for one method.</summary>
internal sealed record SweepPoint(int Column, int Row, Arm Arm);

/// <summary>The points of a sweep.</summary>
internal sealed record SweepGrid(SweepAxis X, SweepAxis Y, IReadOnlyList<SweepPoint> Points)
{
    /// <summary>Every method at every point, row by row.</summary>
    /// <param name="x">Columns.</param>
    /// <param name="y">Rows.</param>
    /// <param name="methods">Names of methods.</param>
    /// <param name="common">What all points share.</param>
    /// <param name="device">The device of points that are not about devices.</param>
    /// <exception cref="ArgumentException">The axes do not go together.</exception>
    internal static SweepGrid Create(SweepAxis x, SweepAxis y, IReadOnlyList<string> methods, TrainArguments common, Device device)
    {
        if (x.Name == y.Name)
        {
            throw new ArgumentException($"x and y are both {x.Name}; expected two different options.");
        }

        List<SweepPoint> points = [];
        for (int row = 0; row < y.Values.Count; row++)
        {
            for (int column = 0; column < x.Values.Count; column++)
            {
                TrainArguments arguments = y.Apply(x.Apply(common, x.Values[column]), y.Values[row]);
                Device own = x.IsNonlinearity || y.IsNonlinearity ? SweepDevice.Create(x.Name, x.Values[column], y.Name, y.Values[row]) : device;
                foreach (string method in methods)
                {
                    string key = string.Create(CultureInfo.InvariantCulture, $"x{column + 1}-y{row + 1}.{method}");
                    points.Add(new SweepPoint(column, row, Arm.Create(key, arguments, own, method)));
                }
            }
        }

        return new SweepGrid(x, y, points);
    }
}
