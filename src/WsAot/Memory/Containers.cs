namespace WsAot.Memory;

/// <summary>Collections that grow with a crowd should shrink when it has gone; the framework's keep their capacity.</summary>
internal static class Containers
{
    /// <summary>A smaller capacity is kept for the next crowd.</summary>
    private const int LeastCapacity = 1024;

    /// <summary>Halves the capacity of a list if only a quarter is used. Call it after a removal; constant time on average.</summary>
    public static void Shrink<T>(List<T> list)
    {
        if (IsMostlyEmpty(list.Count, list.Capacity)) list.Capacity /= 2;
    }

    /// <inheritdoc cref="Shrink{T}(List{T})"/>
    public static void Shrink<TKey, TValue>(Dictionary<TKey, TValue> dictionary)
        where TKey : notnull
    {
        if (IsMostlyEmpty(dictionary.Count, dictionary.Capacity)) dictionary.TrimExcess(dictionary.Capacity / 2);
    }

    /// <inheritdoc cref="Shrink{T}(List{T})"/>
    public static void Shrink<T>(HashSet<T> set)
    {
        if (IsMostlyEmpty(set.Count, set.Capacity)) set.TrimExcess(set.Capacity / 2);
    }

    private static bool IsMostlyEmpty(int count, int capacity) => capacity > LeastCapacity && count < capacity / 4;
}
