namespace WsAot.Soak.Tests;

public sealed class SelectionTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("rpc", true)]
    [InlineData("chat, rpc-batch-wrong", true)]
    [InlineData("chat,echo", false)]
    public void Parts_of_names_select(string only, bool isWanted)
    {
        CommandLine line = new(["--only", only], "only");
        Assert.Equal(isWanted, Selection.IsWanted("rpc-batch-wrong", line.List("only")));
    }
}
