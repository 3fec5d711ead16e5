using WsAot.Soak.Nodes;

namespace WsAot.Soak.Tests.Nodes;

/// <summary>What a run on several nodes calls a fault.</summary>
public sealed class RoomLedgerTests
{
    private readonly RoomLedger _ledger = new();
    private readonly Dictionary<long, string> _heard = [];

    public RoomLedgerTests()
    {
        foreach (long offset in (long[])[3, 5, 9])
        {
            _ledger.Confirm(offset, $"m{offset}");
            _heard.Add(offset, $"m{offset}");
        }
    }

    [Fact]
    public void Who_has_all_has_no_fault() => Assert.Empty(Compare());

    [Fact]
    public void What_was_never_confirmed_may_be_there()
    {
        _heard.Add(7, "m7");
        Assert.Empty(Compare());
    }

    [Fact]
    public void What_is_missing_is_found_unless_it_was_before_the_beginning_or_was_told()
    {
        _heard.Remove(5);
        Assert.Equal(["5 is missing"], Compare());
        Assert.Equal(["5 is missing"], Compare(told: (5, 9)));
        Assert.Empty(Compare(told: (3, 5)));
        Assert.Empty(Compare(begin: 5));
    }

    [Fact]
    public void Another_text_and_one_text_twice_are_found()
    {
        _heard[5] = "m3";
        Assert.Equal(["'m3' has the offsets 3, 5", "5 is 'm3', not 'm5'"], Compare());
    }

    private List<string> Compare(long begin = 0, (long After, long Before)? told = null) =>
        _ledger.Compare(begin, _heard, told is { } gap ? [gap] : []);
}
