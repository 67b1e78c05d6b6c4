using FsCheck;
using FsCheck.Fluent;

namespace RramSnn.PropertyTests.Data;

/// <summary>A small array of random bytes and the form it has on disk.</summary>
public sealed record IdxCase(int Count, int Rows, int Columns, bool IsImages, bool IsGzip, int Seed)
{
    internal int[] Dimensions => IsImages ? [Count, Rows, Columns] : [Count];

    internal byte[] Values
    {
        get
        {
            // Few distinct values, so that the compressor has something to do.
            byte[] values = new byte[Dimensions.Aggregate(1, (product, length) => product * length)];
            Random random = new(Seed);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (byte)(random.Next(4) * 85);
            }

            return values;
        }
    }

    internal byte[] FileContent
    {
        get
        {
            byte[] plain = IdxBytes.Encode(Dimensions, Values);
            return IsGzip ? IdxBytes.Gzip(plain) : plain;
        }
    }

    /// <summary>The generator FsCheck uses for this type.</summary>
    public static Arbitrary<IdxCase> Generator()
    {
        Gen<IdxCase> cases =
            from count in Gen.Choose(1, 40)
            from rows in Gen.Choose(1, 9)
            from columns in Gen.Choose(1, 9)
            from isImages in Gen.Elements(true, false)
            from isGzip in Gen.Elements(true, false)
            from seed in Gen.Choose(0, int.MaxValue - 1)
            select new IdxCase(count, rows, columns, isImages, isGzip, seed);
        return Arb.From(cases);
    }
}
