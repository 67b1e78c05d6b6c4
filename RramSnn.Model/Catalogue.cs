namespace RramSnn.Model;

/// <summary>Finds things by the names that users type.</summary>
internal static class Catalogue
{
    internal static T Get<T>(IReadOnlyList<T> all, Func<T, string> nameOf, string name, string kind)
    {
        foreach (T item in all)
        {
            if (string.Equals(nameOf(item), name, StringComparison.OrdinalIgnoreCase))
            {
                return item;
            }
        }

        throw new ArgumentException($"{kind} is '{name}'; expected one of {string.Join(", ", all.Select(nameOf))}.", kind);
    }
}
