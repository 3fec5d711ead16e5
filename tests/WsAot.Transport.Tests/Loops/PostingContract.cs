using System.Collections.Concurrent;
using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Loops;

/// <summary>Calls that come to a loop from elsewhere: other threads, awaits, time.</summary>
public abstract class PostingContract(Func<TransportOptions, TransportDriver> createDriver) : ContractTest(createDriver)
{
    [Fact]
    public void Posted_calls_of_each_thread_run_in_order_and_none_is_lost()
    {
        TransportLoop loop = Driver.Loops[0].Loop;
        const int Threads = 4, Calls = 5000;
        var seen = new int[Threads];
        int total = 0, disorder = 0, foreign = 0;
        var threads = new Thread[Threads];
        for (int t = 0; t < Threads; t++)
        {
            int thread = t;
            threads[t] = new Thread(() =>
            {
                for (int i = 0; i < Calls; i++)
                {
                    int call = i;
                    loop.Post(
                        _ =>
                        {
                            if (!loop.IsCurrent) foreign++;
                            if (seen[thread]++ != call) disorder++;
                            Volatile.Write(ref total, total + 1);
                        },
                        null);
                }
            });
        }

        foreach (Thread thread in threads) thread.Start();
        Driver.Until(() => Volatile.Read(ref total) == Threads * Calls);
        foreach (Thread thread in threads) thread.Join();
        Assert.Equal((0, 0), (disorder, foreign));
        Assert.False(loop.IsCurrent);
    }

    [Fact]
    public void A_call_posted_by_a_posted_call_runs_later()
    {
        TransportLoop loop = Driver.Loops[0].Loop;
        var order = new ConcurrentQueue<int>();
        Driver.OnLoop(loop, () =>
        {
            loop.Post(_ => order.Enqueue(2), null);
            order.Enqueue(1);
        });
        Driver.Until(() => order.Count == 2);
        Assert.Equal([1, 2], order);
    }

    [Fact]
    public void An_await_resumes_on_its_loop()
    {
        (_, ServedConnection served) = Driver.ConnectAndAccept();
        TransportLoop loop = served.Connection.Loop;
        var elsewhere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool? isBack = null;
        async void Work()
        {
            await elsewhere.Task;
            isBack = loop.IsCurrent;
        }

        Driver.OnLoop(served, _ => Work());
        Assert.Null(isBack);
        elsewhere.SetResult();
        Driver.Until(() => isBack is not null);
        Assert.True(isBack);
    }

    [Fact]
    public void The_loop_calls_again_after_the_time_it_was_told()
    {
        // In memory, time is the test's.
        if (Driver is InMemoryDriver memory)
        {
            memory.Loops[0].WaitMs = 20;
            memory.Advance();
            Assert.Equal(20, ((Transport.InMemory.InMemoryTransport)memory.Transport).NextBatchMs);
            return;
        }

        ServedLoop loop = Driver.Loops[0];
        Driver.OnLoop(loop.Loop, () => loop.WaitMs = 1);
        int before = loop.Batches;
        Driver.Until(() => loop.Batches >= before + 5);
    }
}
