using WsAot.Transport.Epoll;

namespace WsAot.Transport.Tests.Epoll;

public sealed class SlotTableTests
{
    private readonly SlotTable _table = new();

    [Fact]
    public void A_key_finds_who_took_the_slot_until_it_is_freed()
    {
        var (one, other) = (new Source(), new Source());
        ulong key = Take(one);
        Assert.Same(one, _table.Find(key));
        _table.Free((int)key);
        Assert.Null(_table.Find(key));

        ulong next = Take(other);
        Assert.Equal((uint)key, (uint)next);
        Assert.Same(other, _table.Find(next));
        Assert.Null(_table.Find(key));
    }

    [Fact]
    public void Thousands_of_slots_are_kept_apart()
    {
        Source[] sources = [.. Enumerable.Range(0, 5000).Select(_ => new Source())];
        ulong[] keys = [.. sources.Select(Take)];
        Assert.All(Enumerable.Range(0, sources.Length), i => Assert.Same(sources[i], _table.Find(keys[i])));
        Assert.Equal(sources, _table.All());

        for (int i = 0; i < keys.Length; i += 2) _table.Free((int)keys[i]);
        Assert.All(Enumerable.Range(0, sources.Length), i => Assert.Same(i % 2 == 0 ? null : sources[i], _table.Find(keys[i])));
        Assert.Equal(sources.Where((_, i) => i % 2 == 1), _table.All());

        // What was freed is used again before the table grows.
        ulong[] again = [.. Enumerable.Range(0, 2500).Select(_ => Take(new Source()))];
        Assert.All(again, key => Assert.True((uint)key < 5000));
    }

    private ulong Take(Source source) => _table.KeyOf(_table.Take(source));

    private sealed class Source : IEpollSource
    {
        public void OnEvents(uint events)
        {
        }
    }
}
