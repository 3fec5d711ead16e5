using WsAot.Fuzz.Support;

namespace WsAot.Fuzz;

/// <summary>Makes inputs for a target, tries them, and minimizes those that fail.</summary>
internal sealed class Fuzzer(FuzzTarget target, ulong seed, IReadOnlyList<byte[]> seeds)
{
    private const int MaxMinimizingChecks = 3000;

    /// <summary>Inputs tried so far.</summary>
    public long Tried { get; private set; }

    /// <summary>When the current input started, by Environment.TickCount64; 0 between inputs.</summary>
    public long BusySinceMs { get; private set; }

    /// <summary>The current input.</summary>
    public byte[] Current { get; private set; } = [];

    /// <summary>Tries the next input.</summary>
    public Finding? TryNext()
    {
        byte[] input = Make(target, new FuzzRandom(seed, (ulong)Tried), seeds);
        long number = Tried++;
        Current = input;
        BusySinceMs = Environment.TickCount64;
        string? problem = Check(target, input);
        BusySinceMs = 0;
        if (problem is null) return null;
        byte[] small = Minimize(target, input);
        return new Finding(target.Name, number, small, Check(target, small) ?? problem);
    }

    /// <summary>Tries this many inputs, or fewer if it finds something.</summary>
    public Finding? TryUntilFound(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (TryNext() is { } finding) return finding;
        }

        return null;
    }

    public static string? Check(FuzzTarget target, byte[] input)
    {
        try
        {
            // Pass a copy, because targets may change it.
            return target.Check([.. input]);
        }
        catch (Exception exception)
        {
            return $"It threw: {exception}";
        }
    }

    private static byte[] Make(FuzzTarget target, FuzzRandom random, IReadOnlyList<byte[]> seeds)
    {
        byte[] input = seeds.Count > 0 && random.OneIn(8) ? random.Pick(seeds) : target.Generate(random);
        return random.OneIn(3) ? Mutator.Mutate(input, random) : input;
    }

    /// <summary>Drops runs of bytes, long ones first, and zeroes bytes, as long as the input still fails.</summary>
    private static byte[] Minimize(FuzzTarget target, byte[] input)
    {
        int checks = 0;
        byte[] best = input;
        int smallest = target.Unit;
        for (int units = Math.Max(1, input.Length / 2 / smallest); units >= 1; units /= 2)
        {
            int run = units * smallest;
            for (int at = best.Length - run; at >= 0; at -= run)
            {
                byte[] candidate = [.. best.AsSpan(0, at), .. best.AsSpan(at + run)];
                if (checks++ > MaxMinimizingChecks) return best;
                if (Check(target, candidate) is not null) best = candidate;
            }
        }

        for (int at = 0; at < best.Length && checks++ <= MaxMinimizingChecks; at++)
        {
            if (best[at] == 0) continue;
            byte[] candidate = [.. best];
            candidate[at] = 0;
            if (Check(target, candidate) is not null) best = candidate;
        }

        return best;
    }
}
