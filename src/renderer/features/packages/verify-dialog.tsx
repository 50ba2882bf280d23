import { Button, FileButton, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type { Progress as Step } from '#shared/contract/client.ts';
import type { packageVerification } from '#shared/contract/packages.contract.ts';
import { asRefusal, lastStep } from '#renderer/lib/client.ts';
import type { PackageFile } from '#renderer/lib/opened-file.ts';
import { useProgram } from '#renderer/lib/program.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { VerifyResult } from './verify-result.tsx';

type Verification = z.output<typeof packageVerification>;

/** Verifies a package file, of whichever company: chosen here, dropped on the page, or opened from outside. */
export function VerifyDialog({ dropped, onClose }: { readonly dropped: PackageFile | null; readonly onClose: () => void }) {
	const text = useText();
	const { connection } = useProgram();
	const [step, setStep] = useState<Step | null>(null);
	const leaving = useRef(new AbortController());
	const verify = useMutation({
		mutationFn: async (file: PackageFile): Promise<Verification> => {
			const { signal } = leaving.current;
			try {
				const { path } = file instanceof File ? await connection.handOver(file, signal) : file;
				return await lastStep<Verification>(await connection.wire.desk.verifyPackage({ path }, { signal }), setStep);
			} catch (error) {
				throw asRefusal(error);
			}
		},
	});
	const { mutate } = verify;
	const begun = useRef<PackageFile | null>(null);
	useEffect(() => {
		// Once for each file, however often the effect runs.
		if (dropped !== null && begun.current !== dropped) {
			begun.current = dropped;
			mutate(dropped);
		}
	}, [dropped, mutate]);
	const close = (): void => {
		leaving.current.abort();
		onClose();
	};
	return (
		<Modal opened onClose={close} size="lg" title={text('packages.verify')} closeButtonProps={{ 'aria-label': text('frame.close') }}>
			<Stack gap="sm">
				{verify.data === undefined && <Text size="sm">{text('packages.verify.about')}</Text>}
				{verify.isPending && (
					<div role="status">
						<Text size="sm">{step?.text ?? text('packages.verify.reading')}</Text>
						<Progress value={(step?.fraction ?? 0) * 100} aria-label={text('packages.verify.reading')} />
					</div>
				)}
				{verify.error && <ErrorNotice error={verify.error} />}
				{verify.data && <VerifyResult verification={verify.data} />}
				<Group justify="end">
					{!verify.isPending && (
						<FileButton accept=".zip" onChange={(file) => file !== null && mutate(file)}>
							{(props) => (
								<Button {...props} variant={verify.data ? 'default' : 'filled'} data-autofocus>
									{text('packages.verify.choose')}
								</Button>
							)}
						</FileButton>
					)}
					<Button variant="default" onClick={close}>
						{text(verify.isPending ? 'frame.cancel' : 'frame.close')}
					</Button>
				</Group>
			</Stack>
		</Modal>
	);
}
