using RramSnn.Nir.Graph;
using Xunit;

namespace RramSnn.PropertyTests.Nir;

/// <summary>Deep equality of graphs: types and bits of arrays, names, order of edges, metadata.</summary>
internal static class NirAssert
{
    internal static void Equal(NirGraph expected, NirGraph actual)
    {
        Assert.Equal(expected.Version, actual.Version);
        Assert.Equal(expected.Edges, actual.Edges);
        Assert.Equal(expected.Nodes.Keys.Order(StringComparer.Ordinal), actual.Nodes.Keys.Order(StringComparer.Ordinal));
        foreach ((string name, NirNode node) in expected.Nodes)
        {
            NirNode twin = actual.Nodes[name];
            Assert.Equal(node.Type, twin.Type);
            Equal(node.Parameters.ToDictionary(static item => item.Key, static item => (NirValue)item.Value), twin.Parameters.ToDictionary(static item => item.Key, static item => (NirValue)item.Value));
            Equal(node.Metadata, twin.Metadata);
            if (node is NirGraph inner)
            {
                Equal(inner, Assert.IsType<NirGraph>(twin));
            }
        }

        Equal(expected.Metadata, actual.Metadata);
    }

    private static void Equal(IReadOnlyDictionary<string, NirValue> expected, IReadOnlyDictionary<string, NirValue> actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach ((string name, NirValue value) in expected)
        {
            switch (value, actual[name])
            {
                case (NirArray array, NirArray twin):
                    Assert.True(array.Equals(twin), $"{name}: {array.ElementType.Name} [{string.Join(',', array.Shape)}] became {twin.ElementType.Name} [{string.Join(',', twin.Shape)}]");
                    break;
                case (NirText text, NirText twin):
                    Assert.Equal(text.Values, twin.Values);
                    Assert.Equal(text.Shape, twin.Shape);
                    break;
                case (NirSection section, NirSection twin):
                    Equal(section.Values, twin.Values);
                    break;
                default:
                    Assert.Fail($"{name}: {value.GetType().Name} became {actual[name].GetType().Name}");
                    break;
            }
        }
    }
}
