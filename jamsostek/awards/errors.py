"""What the tables of the award refuse, in words."""

from __future__ import annotations

from jamsostek.core.text import N_
from jamsostek.ledger.errors import WORDS, LedgerRefused, refusals

__all__ = ["LedgerRefused", "refusals"]

OURS = {
    "awards_version_reason": (
        N_("Edisi ini sudah dibuka, jadi perubahannya memerlukan alasan."), N_("Tulis alasannya; semua orang dapat membacanya."),
    ),
    "awards_version_order": (
        N_("Orang lain baru saja mengubah edisi ini."), N_("Muat ulang halamannya, lalu ulangi perubahannya."),
    ),
    "awards_version_once": (
        N_("Orang lain baru saja mengubah edisi ini."), N_("Muat ulang halamannya, lalu ulangi perubahannya."),
    ),
    "awards_version_days": (
        N_("Tanggal edisi ini tidak berurutan."), N_("Pencalonan dibuka, ditutup, bukti ditutup, lalu penilaian ditutup."),
    ),
    "awards_version_deciding": (
        N_("Nilai juri sudah dibuka, jadi yang menentukan pemenang tidak berubah lagi."),
        N_("Yang masih dapat berubah: tanggal, penyerahan, judul, dan catatan."),
    ),
    "awards_version_past": (
        N_("Batas waktu yang masih berjalan tidak dapat dimajukan ke hari yang sudah lewat."),
        N_("Pilih hari ini atau sesudahnya."),
    ),
    "awards_step_author": (
        N_("Anda sendiri yang menulis edisi ini."), N_("Minta panitia nasional yang lain membukanya."),
    ),
    "awards_step_once": (N_("Edisi ini belum atau tidak lagi di tahap itu."), N_("Lihat keadaan edisi di halamannya.")),
    "awards_step_reason": (N_("Alasan belum diisi."), N_("Tulis alasannya.")),
    "awards_step_order": (N_("Edisi ini belum atau tidak lagi di tahap itu."), N_("Lihat keadaan edisi di halamannya.")),
    "awards_entry_window": (
        N_("Pencalonan belum dibuka atau sudah ditutup."), N_("Lihat tanggal pencalonan di halaman edisi."),
    ),
    "awards_entry_order": (N_("Pencalonan ini tidak lagi di tahap itu."), N_("Muat ulang halamannya.")),
    "awards_entrystep_reason": (N_("Alasan belum diisi."), N_("Tulis alasannya.")),
    "awards_snapshot_version": (
        N_("Edisi ini baru saja berubah, jadi potretnya menurut isi yang lama."), N_("Ambil potretnya sekali lagi."),
    ),
    "awards_snapshot_number": (N_("Orang lain baru saja mengambil potret."), N_("Ambil potretnya sekali lagi.")),
    "awards_snapshot_once": (N_("Potret yang sama sudah ada."), N_("Muat ulang halamannya.")),
    "awards_snapshotrun_one": (N_("Potret ini sedang diambil."), N_("Tunggu sampai selesai.")),
    "awards_snapshotrun_over": (N_("Pengambilan potret ini sudah selesai."), N_("Muat ulang halamannya.")),
    "awards_juror_once": (
        N_("Orang ini sudah atau pernah duduk dalam juri tingkat itu."), N_("Satu orang satu kursi; angkat orang lain."),
    ),
    "awards_juror_seat": (N_("Kursi ini sudah diduduki."), N_("Ganti dahulu juri yang duduk di sana.")),
    "awards_juror_seat_known": (N_("Kursi ini tidak ada di edisi ini."), N_("Pilih dari daftar kursi.")),
    "awards_juror_by_another": (N_("Anda tidak mengangkat diri sendiri."), N_("Minta panitia yang lain melakukannya.")),
    "awards_juror_same": (N_("Juri ini sudah keluar."), N_("Muat ulang halamannya.")),
    "awards_juror_gone": (N_("Anda tidak lagi duduk dalam juri ini."), N_("Tanyakan kepada panitia bila ini keliru.")),
    "awards_juror_other": (N_("Kursi ini bukan milik Anda."), N_("Masuk dengan nama pengguna Anda sendiri.")),
    "awards_interest_late": (
        N_("Nilai kategori itu sudah dibuka."), N_("Sampaikan kepada panitia; sesudah dibuka nilai tidak berubah lagi."),
    ),
    "awards_interest_once": (N_("Ini sudah Anda nyatakan."), N_("Muat ulang halamannya.")),
    "awards_interest_note": (N_("Keterangan belum diisi."), N_("Tulis hubungan Anda dengan calon ini.")),
    "awards_mark_range": (N_("Nilai harus angka bulat antara 0 dan 100."), N_("Tulis misalnya 75.")),
    "awards_mark_entry": (N_("Calon ini tidak ada, atau bukan untuk Anda nilai."), N_("Lihat daftar calon Anda.")),
    "awards_mark_criterion": (N_("Ukuran ini tidak dinilai juri di kategori itu."), N_("Pilih dari daftar.")),
    "awards_mark_late": (
        N_("Batas waktu penilaian sudah lewat."), N_("Panitia dapat memundurkannya dengan versi baru edisi dan alasannya."),
    ),
    "awards_mark_revealed": (N_("Nilai kategori itu sudah dibuka."), N_("Sesudah dibuka nilai tidak berubah lagi.")),
    "awards_mark_undeclared": (
        N_("Anda belum menyatakan kepentingan Anda."), N_("Isi pernyataannya dahulu, juga bila tidak ada."),
    ),
    "awards_mark_conflict": (
        N_("Anda tidak menilai calon ini karena punya kepentingan di sana."), N_("Juri lain yang menilainya."),
    ),
    "awards_mark_frozen": (N_("Nilai Anda di kategori ini sudah dikunci."), N_("Nilai yang terkunci tidak berubah lagi.")),
    "awards_freeze_empty": (N_("Tidak ada calon yang dinilai juri di kategori itu."), N_("Pilih kategori lain.")),
    "awards_freeze_once": (N_("Nilai Anda di kategori ini sudah dikunci."), N_("Nilai yang terkunci tidak berubah lagi.")),
    "awards_freeze_incomplete": (N_("Nilai belum lengkap."), N_("Nilai dahulu semua calon.")),
    "awards_reveal_early": (
        N_("Belum semua juri mengunci nilainya."),
        N_("Tunggu mereka, ganti jurinya, atau tunggu sampai batas waktu penilaian lewat."),
    ),
    "awards_reveal_short": (
        N_("Ada calon yang nilainya masih kurang."),
        N_("Angkat juri lain atau mundurkan batas waktunya; bila semua sudah mengunci, tulis alasan membukanya."),
    ),
    "awards_reveal_open": (
        N_("Pencalonan atau bukti edisi ini belum ditutup."), N_("Buka nilainya sesudah batas waktu bukti lewat."),
    ),
    "awards_reveal_waiting": (
        N_("Ada pencalonan di lomba ini yang belum dijawab."), N_("Terima atau tolak dahulu semua pencalonannya."),
    ),
    "awards_evidence_revealed": (
        N_("Nilai lomba ini sudah dibuka, jadi buktinya tidak berubah lagi."), N_("Tanyakan kepada panitia bila ini keliru."),
    ),
    "awards_reveal_once": (N_("Nilai kategori itu sudah dibuka."), N_("Muat ulang halamannya.")),
    "awards_entry_revealed": (
        N_("Nilai kategori ini sudah dibuka, jadi calon baru tidak dapat dinilai tanpa melihatnya."),
        N_("Calon ini tidak dapat diterima lagi di edisi ini."),
    ),
    "awards_discussion_blind": (N_("Nilai belum dibuka."), N_("Buka nilainya dahulu.")),
    "awards_discussion_conflict": (
        N_("Anda punya kepentingan pada calon ini, jadi Anda tidak membahas nilainya."), N_("Panitia yang menulis catatannya."),
    ),
    "awards_interest_fits": (N_("Jenis kepentingan ini tidak cocok dengan calonnya."), N_("Pilih jenis lain, atau calon lain.")),
    "awards_interview_days": (
        N_("Wawancara berlangsung sebelum penilaian ditutup, dan paling lama 60 hari yang lalu."), N_("Pilih hari lain."),
    ),
    "awards_interview_link": (N_("Tautan harus dimulai dengan https:// atau http://."), N_("Salin tautan lengkapnya.")),
    "awards_interview_over": (N_("Wawancara ini sudah berlangsung atau dibatalkan."), N_("Jadwalkan wawancara baru.")),
    "awards_interview_not_yet": (
        N_("Wawancara ini belum mulai, atau yang hadir bukan juri yang dijadwalkan."),
        N_("Periksa waktunya dan siapa yang hadir."),
    ),
    "awards_interview_reason": (N_("Alasan belum diisi."), N_("Tulis alasannya.")),
    "awards_interview_who": (
        N_("Yang diwawancarai harus calon yang diterima, oleh juri yang boleh menilainya."), N_("Pilih dari daftar."),
    ),
    "awards_interview_clash": (N_("Waktunya bentrok dengan wawancara lain."), N_("Pilih waktu lain.")),
    "awards_interview_times": (N_("Wawancara berakhir sesudah mulai, paling lama 8 jam."), N_("Periksa waktunya.")),
    "awards_interview_where": (N_("Tempat atau tautan belum diisi."), N_("Isi salah satunya.")),
    "awards_interview_jurors": (N_("Juri belum dipilih."), N_("Pilih paling sedikit satu juri.")),
    "awards_interview_held": (N_("Siapa yang hadir belum diisi."), N_("Isi siapa yang hadir.")),
    "awards_entrystep_once": (N_("Pencalonan ini tidak lagi di tahap itu."), N_("Muat ulang halamannya.")),
    "awards_entrystep_by_two": (
        N_("Yang mencalonkan tidak dapat menerima."), N_("Minta anggota panitia yang lain menerimanya."),
    ),
    "awards_entry_promotion": (
        N_("Hanya calon yang diterima yang maju ke tingkat berikutnya."), N_("Lihat keadaan calon di halamannya."),
    ),
    "awards_evidence_late": (N_("Batas waktu bukti sudah lewat."), N_("Lihat batas waktunya di halaman edisi.")),
    "awards_evidence_again": (N_("Bukti ini sudah diterima."), N_("Lihat tanda terimanya di halaman pencalonan.")),
    "awards_evidence_once": (N_("Bukti ini sudah diterima."), N_("Lihat tanda terimanya di halaman pencalonan.")),
    "awards_evidence_amount": (N_("Jumlah anggaran ini tidak mungkin."), N_("Tulis rupiah utuh, lebih dari nol.")),
    "awards_evidence_regulation": (
        N_("Peraturan ini bukan peraturan daerah ini atau provinsinya, atau belum disahkan di daftar."),
        N_("Pilih peraturan yang disahkan dua orang dari daftar."),
    ),
    "awards_evidence_order": (N_("Bukti ini tidak lagi di tahap itu."), N_("Muat ulang halamannya.")),
    "awards_evidence_by_two": (
        N_("Yang memeriksa tidak dapat mengesahkan pemeriksaannya sendiri."), N_("Minta anggota panitia yang lain."),
    ),
    "awards_evidencestep_reason": (N_("Alasan belum diisi."), N_("Tulis alasannya.")),
    "awards_result_once": (
        N_("Hasil yang persis sama sudah ada atau sudah dibatalkan di lomba ini."),
        N_("Perbaiki dahulu yang keliru, ambil potret akhir yang baru, lalu hitung lagi."),
    ),
    "awards_result_digest": (N_("Isi hasil tidak cocok dengan sidik digitalnya."), N_("Hitung lagi dari potretnya.")),
    "awards_result_reason": (N_("Alasan belum diisi."), N_("Tulis mengapa dihitung lagi.")),
    "awards_result_snapshot": (
        N_("Potret ini bukan potret akhir dari versi yang berlaku."), N_("Ambil potret akhir yang baru, lalu hitung lagi."),
    ),
    "awards_result_revealed": (N_("Nilai juri lomba ini belum dibuka."), N_("Tunggu sampai nilai dikunci, lalu buka nilainya.")),
    "awards_result_unmarked": (
        N_("Potret ini diambil sebelum nilai juri lomba ini dibuka, jadi nilai itu tidak ada di dalamnya."),
        N_("Ambil potret akhir yang baru, lalu hitung dari sana."),
    ),
    "awards_result_order": (N_("Hasil ini tidak lagi yang terakhir di lombanya."), N_("Muat ulang halamannya.")),
    "awards_result_rules": (
        N_("Aturan edisi ini berubah sesudah hasil ini dihitung."),
        N_("Ambil potret akhir yang baru, lalu hitung lagi lomba ini."),
    ),
    "awards_result_published": (
        N_("Hasil yang sudah diumumkan tetap berlaku."), N_("Batalkan dahulu hasilnya, oleh dua orang dan dengan alasan."),
    ),
    "awards_result_by_two": (
        N_("Yang menghitung hasil tidak dapat memutuskannya."), N_("Anggota panitia yang lain memutuskannya."),
    ),
    "awards_resultanswer_reason": (N_("Alasan belum diisi."), N_("Tulis mengapa ditolak.")),
    "awards_publication_decided": (N_("Belum semua hasil diputuskan."), N_("Putuskan dahulu semua lomba tingkat ini.")),
    "awards_publication_once": (N_("Hasil tingkat ini sudah diumumkan."), N_("Muat ulang halamannya.")),
    "awards_publication_area": (N_("Tingkat dan wilayahnya tidak cocok."), N_("Pilih dari daftar.")),
    "awards_annulment_order": (
        N_("Hasil ini tidak dapat dibatalkan sekarang."), N_("Lihat keadaan hasil di halamannya."),
    ),
    "awards_annulment_by_two": (
        N_("Yang meminta pembatalan tidak dapat mengesahkannya."), N_("Anggota panitia yang lain menjawabnya."),
    ),
    "awards_certificate_result": (
        N_("Sertifikat hanya untuk hasil yang diputuskan dan diumumkan."), N_("Lihat keadaan hasil di halamannya."),
    ),
}  # fmt: skip


def add_words() -> None:
    """Has every refusal of these tables told in words, whoever meets it."""
    WORDS.update(OURS)
