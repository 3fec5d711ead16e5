using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WsAot.Routing;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Services;

public sealed class WsServicesTests
{
    private readonly WsServerBuilder _builder = WsServer.CreateBuilder(WsRoutes.Table);
    private readonly List<string> _journal = [];

    private WsServices Services => _builder.Services;

    [Fact]
    public void What_was_added_is_found_by_the_type_it_was_added_as()
    {
        var word = new Word("a");
        Services.Add<IWord>(word);
        Assert.Same(word, Services.GetService<IWord>());
        Assert.Null(Services.GetService<Word>());
        Assert.Same(Services, Services.GetService<IServiceProvider>());
    }

    [Fact]
    public void A_factory_is_called_once_and_not_before_somebody_asks()
    {
        int calls = 0;
        Services.Add<IWord>(_ => new Word($"{++calls}"));
        Assert.Equal(0, calls);
        Assert.Same(Services.GetService<IWord>(), Services.GetService<IWord>());
        Assert.Equal(1, calls);
    }

    [Fact]
    public void A_factory_is_called_once_however_many_threads_ask()
    {
        int calls = 0;
        using var together = new Barrier(4);
        Services.Add<IWord>(_ => new Word($"{Interlocked.Increment(ref calls)}"));
        var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            together.SignalAndWait();
            Services.GetService<IWord>();
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        Assert.Equal(1, calls);
    }

    [Fact]
    public void A_transient_is_made_each_time()
    {
        Services.AddTransient<IWord>(static _ => new Word("a"));
        Assert.NotSame(Services.GetService<IWord>(), Services.GetService<IWord>());
    }

    [Fact]
    public void Factories_may_ask_for_each_other_in_whatever_order_they_were_added()
    {
        Services.Add(static services => new Sentence(services.GetRequiredService<IWord>()));
        Services.AddTransient<IWord>(static _ => new Word("a"));
        Assert.Equal("a", Services.GetRequiredService<Sentence>().Word.Text);
    }

    [Fact]
    public void The_fallback_is_asked_for_what_was_not_added()
    {
        Services.Fallback = new ServiceCollection()
            .AddSingleton<IWord>(new Word("fallback"))
            .AddSingleton(new Word("hidden"))
            .BuildServiceProvider();
        Services.Add(new Word("own"));
        Assert.Equal("own", Services.GetService<Word>()!.Text);
        Assert.Equal("fallback", Services.GetService<IWord>()!.Text);
        Assert.Null(Services.GetService<Sentence>());
    }

    [Fact]
    public void A_type_can_be_added_once()
    {
        Services.Add<IWord>(new Word("a"));
        var thrown = Assert.Throws<InvalidOperationException>(() => Services.AddTransient<IWord>(static _ => new Word("b")));
        Assert.Contains("IWord has already been added", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_replaces_what_the_application_has_added()
    {
        Services.Add<IWord>(new Word("a")).Replace<IWord>(new Word("b"));
        Assert.Equal("b", Services.GetService<IWord>()!.Text);
        Services.Replace<IWord>(static _ => new Word("c"));
        Assert.Equal("c", Services.GetService<IWord>()!.Text);
        Services.Replace(new Word("new"));
        Assert.Equal("new", Services.GetService<Word>()!.Text);
        Assert.Throws<ArgumentNullException>(() => Services.Replace<IWord>((Word)null!));
        Assert.Throws<ArgumentNullException>(() => Services.Replace((Func<IServiceProvider, IWord>)null!));
        Assert.Equal("c", Services.GetService<IWord>()!.Text);
    }

    [Fact]
    public void What_was_added_can_be_taken_back_until_the_server_is_built()
    {
        Assert.False(Services.Contains<IWord>());
        Assert.False(Services.Remove<IWord>());
        Services.AddTransient<IWord>(static _ => new Word("a"));
        Assert.True(Services.Contains<IWord>());
        Assert.True(Services.Remove<IWord>());
        Assert.Null(Services.GetService<IWord>());
        Services.Add<IWord>(new Word("b"));
        _builder.CreateTransport = static options => new WsAot.Transport.InMemory.InMemoryTransport(options);
        _ = _builder.Build();
        Assert.Throws<InvalidOperationException>(() => Services.Remove<IWord>());
        Assert.Throws<InvalidOperationException>(() => Services.Replace<IWord>(new Word("c")));
        Assert.Equal("b", Services.GetService<IWord>()!.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_circle_is_found_and_named(bool isTransient)
    {
        if (isTransient) Services.AddTransient<IWord>(static services => services.GetRequiredService<Sentence>().Word);
        else Services.Add<IWord>(static services => services.GetRequiredService<Sentence>().Word);
        Services.Add(static services => new Sentence(services.GetRequiredService<IWord>()));
        Services.Add<IEnumerable<char>>(static services => services.GetRequiredService<Sentence>().Word.Text);
        var thrown = Assert.Throws<InvalidOperationException>(() => Services.GetService<IEnumerable<char>>());
        Assert.EndsWith(
            "+Sentence needs itself: WsAot.Tests.Services.WsServicesTests+Sentence -> WsAot.Tests.Services.WsServicesTests+IWord -> "
            + "WsAot.Tests.Services.WsServicesTests+Sentence.", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_factory_that_failed_is_tried_again()
    {
        bool fails = true;
        Services.Add<IWord>(_ => fails ? throw new TimeoutException() : new Word("a"));
        Assert.Throws<TimeoutException>(() => Services.GetService<IWord>());
        fails = false;
        Assert.NotNull(Services.GetService<IWord>());
    }

    [Fact]
    public void A_factory_that_returns_null_is_found_out()
    {
        Services.Add<IWord>(static _ => null!);
        Assert.Contains(
            "IWord returned null",
            Assert.Throws<InvalidOperationException>(() => Services.GetService<IWord>()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_that_a_handler_needs_and_nobody_has_is_named() =>
        Assert.Contains(
            "IWord",
            Assert.Throws<InvalidOperationException>(() => WsBinding.GetRequiredService<IWord>(Services)).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task The_built_server_has_its_logger_factory_and_time_and_takes_no_more()
    {
        _builder.TimeProvider = new ManualTime();
        await using WsServer server = _builder.Build();
        Assert.Same(_builder.TimeProvider, Services.GetService<TimeProvider>());
        Assert.Same(_builder.LoggerFactory, Services.GetService<ILoggerFactory>());
        Assert.Throws<InvalidOperationException>(() => Services.Add<IWord>(new Word("late")));
        Assert.Throws<InvalidOperationException>(() => Services.Fallback = null);
    }

    [Fact]
    public async Task The_fallbacks_logger_factory_stands_before_the_builders()
    {
        var log = new ListLog();
        Services.Fallback = new ServiceCollection().AddSingleton<ILoggerFactory>(log).BuildServiceProvider();
        await using WsServer server = _builder.Build();
        Assert.Same(log, Services.GetService<ILoggerFactory>());
    }

    [Fact]
    public async Task What_factories_made_once_is_disposed_with_the_server_the_last_first()
    {
        var log = new ListLog();
        _builder.LoggerFactory = log;
        var own = new Resource("own", _journal);
        Services
            .Add(own)
            .Add<IWord>(_ => new Resource("first", _journal))
            .Add<IDisposable>(_ => new Resource("fails", _journal))
            .Add<IAsyncDisposable>(_ => new AsyncResource("asynchronous", _journal))
            .Add<Word>(static services => (Word)services.GetRequiredService<IWord>())
            .Add<Sentence>(_ => throw new InvalidOperationException("never asked for"))
            .AddTransient<ICloneable>(_ => new Resource("transient", _journal));
        await using (WsServer server = _builder.Build())
        {
            Assert.NotNull(Services.GetService<IWord>());
            Assert.NotNull(Services.GetService<IDisposable>());
            Assert.NotNull(Services.GetService<IAsyncDisposable>());
            Assert.NotNull(Services.GetService<Word>());
            Assert.NotNull(Services.GetService<ICloneable>());
        }

        Assert.Equal(["asynchronous", "fails", "first"], _journal);
        Assert.Equal(13, Assert.Single(log.Errors).Id);
    }

    [Fact]
    public async Task What_was_not_made_before_the_end_is_not_made_after_it()
    {
        Services.Add<IWord>(static _ => new Word("late"));
        await _builder.Build().DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => Services.GetService<IWord>());
    }

    private interface IWord
    {
        string Text { get; }
    }

    private class Word(string text) : IWord
    {
        public string Text { get; } = text;
    }

    private sealed class Sentence(IWord word)
    {
        public IWord Word { get; } = word;
    }

    private sealed class Resource(string text, List<string> journal) : Word(text), IDisposable, ICloneable
    {
        public void Dispose()
        {
            journal.Add(Text);
            if (Text == "fails") throw new InvalidOperationException("cannot be disposed");
        }

        public object Clone() => this;
    }

    private sealed class AsyncResource(string text, List<string> journal) : Word(text), IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            journal.Add(Text);
        }
    }
}
