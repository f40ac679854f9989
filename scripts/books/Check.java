import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.util.DefaultReportImpl;
import java.io.File;
import java.util.Arrays;

/** Gives every book of a folder to epubcheck in one process. */
public class Check {
	public static void main(String[] folder) {
		File[] books = new File(folder[0]).listFiles((in, name) -> name.endsWith(".epub"));
		Arrays.sort(books);
		int bad = 0;
		for (File book : books) {
			DefaultReportImpl report = new DefaultReportImpl(book.getName());
			report.initialize();
			new EpubCheck(book, report).doValidate();
			report.generate();
			if (report.getFatalErrorCount() + report.getErrorCount() + report.getWarningCount() > 0) {
				bad++;
			}
		}
		System.out.println("epubcheck of Debian: " + books.length + " books, " + bad + " with errors or warnings");
		System.exit(bad > 0 || books.length == 0 ? 1 : 0);
	}
}
