using System.Collections.Concurrent;

namespace Gamification.Storage.Sqlite;

/// <summary>A few threads with a connection each, and the work that waits for them, first come first served.</summary>
internal sealed class SqliteLane : IAsyncDisposable
{
    private readonly BlockingCollection<IWork> _work = new();
    private readonly Func<SqliteSession> _open;
    private readonly Thread[] _threads;
    private bool _disposed;

    public SqliteLane(string name, int threads, Func<SqliteSession> open)
    {
        _open = open;
        _threads = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Serve) { IsBackground = true, Name = name })];
        foreach (var thread in _threads)
            thread.Start();
    }

    public ValueTask<T> Run<T>(Func<SqliteSession, T> work, CancellationToken cancellation)
    {
        var item = new Work<T>(work, cancellation);
        return TryAdd(item) ? new(item.Task) : throw new ObjectDisposedException(nameof(SqliteLane));
    }

    /// <summary>For a lane of one thread: the next work finds a fresh connection.</summary>
    public async ValueTask Reopen()
    {
        var item = new Reopening();
        ObjectDisposedException.ThrowIf(!TryAdd(item), this);
        await item.Task;
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        _work.CompleteAdding();
        await Task.Factory.StartNew(
            () => Array.ForEach(_threads, thread => thread.Join()), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _work.Dispose();
    }

    private bool TryAdd(IWork item)
    {
        try
        {
            _work.Add(item);
            return true;
        }
        catch (Exception closed) when (closed is InvalidOperationException or ObjectDisposedException)
        {
            return false;
        }
    }

    private void Serve()
    {
        SqliteSession? session = null;
        foreach (var item in _work.GetConsumingEnumerable())
        {
            if (item is Reopening)
            {
                session?.Dispose();
                session = null;
            }

            item.Do(() => session ??= _open());
        }

        session?.Dispose();
    }

    private interface IWork
    {
        void Do(Func<SqliteSession> session);
    }

    private sealed class Work<T>(Func<SqliteSession, T> work, CancellationToken cancellation)
        : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously), IWork
    {
        public void Do(Func<SqliteSession> session)
        {
            if (cancellation.IsCancellationRequested)
            {
                TrySetCanceled(cancellation);
                return;
            }

            try
            {
                TrySetResult(work(session()));
            }
            catch (Exception fault)
            {
                TrySetException(fault);
            }
        }
    }

    private sealed class Reopening() : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), IWork
    {
        public void Do(Func<SqliteSession> session)
        {
            try
            {
                session();
                TrySetResult();
            }
            catch (Exception fault)
            {
                TrySetException(fault);
            }
        }
    }
}
