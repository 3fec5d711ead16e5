using WsAot.Memory;

namespace WsAot.Limits;

/// <summary>
/// Counts the connections of users. Any thread: one lock is taken when a connection with a user opens or ends, if there is a limit.
/// </summary>
internal sealed class UserLimits
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Places> _users = [];

    /// <summary>The number of users that have connections.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _users.Count;
        }
    }

    /// <summary>Takes a place for a new connection of a user.</summary>
    /// <param name="place">The place; <see cref="Leave"/> gives it back.</param>
    /// <param name="max">How many connections a user may have; at least 1.</param>
    /// <param name="replaces">Whether the user's oldest connection makes room.</param>
    /// <returns>False if the user has that many connections and none makes room.</returns>
    public bool TryEnter(UserPlace place, int max, bool replaces)
    {
        UserPlace? replaced = null;
        lock (_lock)
        {
            if (!_users.TryGetValue(place.User, out Places? places)) _users.Add(place.User, places = new Places());
            if (places.Count >= max && !replaces) return false;
            // More than one connection, if the limit was lowered.
            while (places.Count >= max)
            {
                UserPlace oldest = places.Oldest!;
                places.Remove(oldest);
                (oldest.Newer, replaced) = (replaced, oldest);
            }

            places.Add(place);
        }

        while (replaced is { } each)
        {
            replaced = each.Newer;
            each.Newer = null;
            each.Connection.OnReplaced();
        }

        return true;
    }

    /// <summary>A connection has ended. A replaced connection has left already.</summary>
    public void Leave(UserPlace place)
    {
        lock (_lock)
        {
            if (!place.IsTaken || !_users.TryGetValue(place.User, out Places? places)) return;
            places.Remove(place);
            if (places.Count > 0) return;
            _users.Remove(place.User);
            Containers.Shrink(_users);
        }
    }

    /// <summary>The places of one user, from the oldest to the newest.</summary>
    private sealed class Places
    {
        private UserPlace? _newest;

        public int Count { get; private set; }

        public UserPlace? Oldest { get; private set; }

        public void Add(UserPlace place)
        {
            place.Older = _newest;
            if (_newest is { } former) former.Newer = place;
            else Oldest = place;
            _newest = place;
            place.IsTaken = true;
            Count++;
        }

        public void Remove(UserPlace place)
        {
            if (place.Older is { } older) older.Newer = place.Newer;
            else Oldest = place.Newer;
            if (place.Newer is { } newer) newer.Older = place.Older;
            else _newest = place.Older;
            (place.Newer, place.Older, place.IsTaken) = (null, null, false);
            Count--;
        }
    }
}
