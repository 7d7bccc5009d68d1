using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Gamification.Storage.Sqlite;

/// <summary>Many rows: read on a connection and a thread of their own, with a page or two of room ahead of whoever listens, because it may take seconds.</summary>
internal static class SqlitePages
{
    private const int PageSize = 4_096;
    /// <summary>The rows of one statement, in its order.</summary>
    public static async IAsyncEnumerable<T> Stream<T>(
        this SqliteDatabase database, string sql, Func<SqliteSession, object?[]> parameters, Func<SqliteDataReader, T> read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pages = Channel.CreateBounded<List<T>>(2);
        var reading = Task.Factory.StartNew(
            () => ReadPages(database, sql, parameters, read, pages.Writer, ended.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await foreach (var page in pages.Reader.ReadAllAsync(cancellation))
            {
                foreach (var row in page)
                    yield return row;
            }
        }
        finally
        {
            await ended.CancelAsync();
            await reading;
        }
    }

    private static void ReadPages<T>(
        SqliteDatabase database, string sql, Func<SqliteSession, object?[]> parameters, Func<SqliteDataReader, T> read, ChannelWriter<List<T>> pages, CancellationToken ended)
    {
        Exception? fault = null;
        try
        {
            using var session = database.OpenForReading();
            session.Read(sql, row => WritePages(row, read, pages, ended), parameters(session));
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more.
        }
        catch (Exception error)
        {
            fault = error;
        }

        pages.Complete(fault);
    }

    private static int WritePages<T>(SqliteDataReader row, Func<SqliteDataReader, T> read, ChannelWriter<List<T>> pages, CancellationToken ended)
    {
        List<T> page = new(PageSize);
        while (row.Read())
        {
            page.Add(read(row));
            if (page.Count < PageSize)
                continue;
            pages.WriteAsync(page, ended).AsTask().GetAwaiter().GetResult();
            page = new(PageSize);
        }

        pages.WriteAsync(page, ended).AsTask().GetAwaiter().GetResult();
        return 0;
    }
}
