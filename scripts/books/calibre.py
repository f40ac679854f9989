# calibre.py FOLDER: what calibre reads of every book in the folder's list, held against it.
# Run by calibre-debug, which brings calibre's modules.
import json, os, sys
from calibre.ebooks.metadata.meta import get_metadata

folder = sys.argv[-1]
with open(os.path.join(folder, 'books.json'), encoding='utf-8') as f:
    books = json.load(f)
bad = 0
for book in books:
    with open(os.path.join(folder, book['File']), 'rb') as f:
        mi = get_metadata(f, 'epub')
    said = {
        'title': (mi.title, ' '.join(book['Title'].split())),
        'authors': (list(mi.authors), book['Creators'] or ['Unknown']),
        'series': (mi.series or '', book['Series']),
        'tags': (sorted(set(mi.tags)), sorted(set(t.strip() for tag in book['Tags'] or [] for t in tag.split(',') if t.strip()))),
    }
    if book['Series']:
        said['place'] = (float(mi.series_index), book['Place'])
    if book['Published']:
        said['date'] = (mi.pubdate.strftime('%Y-%m-%d'), book['Published'])
    wrong = {k: v for k, v in said.items() if v[0] != v[1]}
    if wrong or not mi.cover_data[1]:
        bad += 1
        print(book['File'] + ':', wrong or 'no cover')
print('calibre: %d books, %d read otherwise than they say' % (len(books), bad))
sys.exit(1 if bad or not books else 0)
