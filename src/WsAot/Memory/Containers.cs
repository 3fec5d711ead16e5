namespace WsAot.Memory;

/// <summary>Containers that grow with a crowd, and are to shrink when it has gone: those of the framework keep their room.</summary>
internal static class Containers
{
    /// <summary>Less is kept for the next crowd.</summary>
    private const int LeastCapacity = 1024;

    /// <summary>Halves the room of a list of which a quarter is used. After a removal; constant time on average.</summary>
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
